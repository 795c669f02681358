"""The options that write changes: one for each operator but `add`, which takes a file."""

from typing import Annotated

import typer

SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="ID@YEAR=AMOUNT",
        help="Set an option's change in a year, or an assumption's rate: ID@YEAR=4%; a service's "
        "amount: ID.gross=AMOUNT; a scheme's: ID.allocation@YEAR=AMOUNT.",
        show_default=False,
    ),
]
DelayOption = Annotated[
    list[str] | None,
    typer.Option(
        "--delay",
        metavar="ID=YEARS[@FROM]",
        help="Let an option, or a group of them, come some years later.",
        show_default=False,
    ),
]
DeliverOption = Annotated[
    list[str] | None,
    typer.Option(
        "--deliver",
        metavar="ID=SHARE[@FROM]",
        help="Deliver a share of an option, or of a group such as saving or education/saving.",
        show_default=False,
    ),
]
DropOption = Annotated[
    list[str] | None,
    typer.Option(
        "--drop", metavar="ID[@FROM]", help="Drop an option or a group.", show_default=False
    ),
]
UpliftOption = Annotated[
    list[str] | None,
    typer.Option(
        "--uplift",
        metavar="ID.gross=SHARE@FROM",
        help="Uplift a service's gross, income or net once, or the whole plan's: total.net=2%; "
        "with ,yearly after it each year.",
        show_default=False,
    ),
]
ReprofileOption = Annotated[
    list[str] | None,
    typer.Option(
        "--reprofile",
        metavar="ID@YEAR..YEAR=AMOUNT",
        help="Move some of a scheme's allocation to another year.",
        show_default=False,
    ),
]
BringInOption = Annotated[
    list[str] | None,
    typer.Option(
        "--bring-in",
        metavar="ID@YEAR=AMOUNT",
        help="Bring what is under development into the programme.",
        show_default=False,
    ),
]
