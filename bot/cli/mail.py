"""`dutyline mail`: what a mail server told somebody else than us."""

import click

from bot.cli.office import OPERATOR, department_named, records
from models.line.mail_choice import read_address
from models.line.mail_delivery import came_back


@click.group("mail")
def mail() -> None:
    """E-mails to officers."""


@mail.command("bounced")
@click.argument("address")
@click.option("--department", "slug", required=True, metavar="SLUG", help="Whose officer's address it is.")
def bounced(address: str, slug: str) -> None:
    """An e-mail to ADDRESS came back to the sender's mailbox: nothing more is mailed there, and its officer is told.

    He gets texts again, and gives the right address himself with EMAIL ON. Saying it twice changes nothing.
    """
    known = read_address(address)
    if known is None:
        raise click.UsageError(f"{address} is no e-mail address.")
    with records() as database:
        department_id = department_named(database, slug)
        with database.begin([department_id], OPERATOR) as work:
            if not came_back(work, department_id, known):
                raise click.ClickException(f"No officer of {slug} is mailed at {known}.")
    click.echo(f"Nothing is mailed to {known} any more; its officer is told by text.", err=True)
