"""The rehearsal as one page without a script: figures, charts, and every changed award with its reason."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pygal
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup
from pygal.style import Style

from bot.reports.rehearsal import RehearsalReport, hours
from models.rules.replaying.spread import lorenz

# The library puts a finder of its plugins before every import of this process, in a form that Python warns of.
sys.meta_path[:] = [each for each in sys.meta_path if not isinstance(each, pygal.PluginImportFixer)]

# Told apart also without colour: one side is pale, the other dark.
_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    colors=("#9aa5b1", "#1f4e8c"),
    font_family="inherit",
    foreground="#222",
    foreground_strong="#111",
    foreground_subtle="#888",
    guide_stroke_color="#ddd",
    major_guide_stroke_color="#ccc",
    opacity=".9",
    label_font_size=13,
    major_label_font_size=13,
    legend_font_size=14,
)
_MOST_BARS = 40


def rehearsal_page(report: RehearsalReport) -> str:
    """The page as HTML that needs nothing beside it: no script, no address is asked for anything."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("rehearsal.html")
    return template.render(
        report=report,
        hours=hours,
        even=_drawn(_even(report)),
        filled=_drawn(_filled(report)),
        moved=_drawn(_moved(report)),
    )


def _even(report: RehearsalReport) -> pygal.XY:
    chart = pygal.XY(
        **_common(), show_dots=False, x_title="share of officers, fewest hours first", y_title="share of hours"
    )
    wide = {"width": 3}
    chart.add("as it was", lorenz([each.minutes_then for each in report.officers]), stroke_style=wide)
    chart.add("under these rules", lorenz([each.minutes_now for each in report.officers]), stroke_style=wide)
    chart.add("all the same", [(0, 0), (1, 1)], stroke_style={"dasharray": "4, 4"})
    return chart


def _filled(report: RehearsalReport) -> pygal.Bar:
    chart = pygal.Bar(**_common(), range=(0, 100), y_title="slots filled, %")
    chart.x_labels = [month for month, *_ in report.months]
    chart.add("as it was", [round(100 * then / slots, 1) for _, slots, then, _ in report.months])
    chart.add("under these rules", [round(100 * now / slots, 1) for _, slots, _, now in report.months])
    return chart


def _moved(report: RehearsalReport) -> pygal.HorizontalBar:
    """Who gains and who loses most."""
    moved = [each for each in report.officers if each.gained_minutes]
    shown = moved if len(moved) <= _MOST_BARS else [*moved[: _MOST_BARS // 2], *moved[-_MOST_BARS // 2 :]]
    chart = pygal.HorizontalBar(**{**_common(), "height": 120 + 22 * len(shown)}, show_legend=False, x_title="hours")
    chart.x_labels = [each.name or each.badge for each in reversed(shown)]
    chart.add("hours more or fewer", [round(each.gained_minutes / 60, 1) for each in reversed(shown)])
    return chart


def _common() -> dict[str, object]:
    return {
        "style": _STYLE,
        "js": (),
        "height": 360,
        "width": 760,
        "legend_at_bottom": True,
        "no_data_text": "nothing",
        "disable_xml_declaration": True,
        "explicit_size": True,
    }


def _drawn(chart: pygal.graph.graph.Graph) -> Markup:
    """The drawing without the script that the library puts into it: the page is read, printed and mailed."""
    tree = chart.render_tree()
    for parent in tree.iter():
        for child in [each for each in parent if str(each.tag).endswith("script")]:
            parent.remove(child)
    return Markup(ET.tostring(tree, encoding="unicode"))  # noqa: S704 - serialised, so its texts are escaped
