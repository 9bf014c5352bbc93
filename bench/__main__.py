"""Everything that is measured: `python -m bench`, or one by one, `python -m bench.turn`, `award`, `growth`, `load`."""

from bench import award, turn


def main() -> None:
    """Print every table."""
    print("A text turn beside the floor, on one server and one database:\n")
    turn.main()
    print("\nThe award as a pure function:\n")
    award.main()


main()
