"""`plumbline pack` and `plumbline trace`: what packs hold, and what is behind a figure."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.printing import console, say
from bot.typed import LARGEST_ID
from domain.errors import NotFound

if TYPE_CHECKING:
    from domain.pack_content import FigureTable
    from domain.pack_paper import Paper
    from storage.packs import PackRow
    from workflows.council import View
    from workflows.tracing import Record, Traced

pack_commands = typer.Typer(
    help="Look at reports drafted for meetings, prove them, write them out.", no_args_is_help=True
)

Json = Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")]
PackId = Annotated[
    int,
    typer.Argument(
        metavar="ID", help="As “plumbline pack list” shows it, for example 12.", min=1, max=LARGEST_ID
    ),
]


@pack_commands.command("list")
def list_packs(as_json: Json = False) -> None:
    """Every pack: its id, what it tells of, and how it stands."""
    from rich.markup import escape
    from rich.table import Table

    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council

    with a_council(load_settings(), clock()) as council, council.read() as view:
        found = view.packs.every()
    if as_json:
        _print_json([_facts(pack) for pack in found])
        return
    if not found:
        say("No pack has been drafted yet.")
        return
    table = Table(title="Packs")
    for heading in ("Id", "Title", "State", "Sent", "SHA-256"):
        table.add_column(heading)
    for pack in found:
        sent = f"{pack.sent_at:%Y-%m-%d}" if pack.sent_at else ""
        table.add_row(str(pack.id), escape(pack.content["title"]), pack.state, sent, pack.hash[:16])
    console().print(table)


@pack_commands.command("show")
def show_pack(pack_id: PackId, as_json: Json = False) -> None:
    """What a pack says, part by part, each figure with its reference."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows.pack_look import paper_of

    with a_council(load_settings(), clock()) as council, council.read() as view:
        pack = _pack(view, pack_id)
        paper = paper_of(view, council, pack)
    if as_json:
        texts = {part.key: paper.words(part) for part in paper.content.parts}
        _print_json({**_facts(pack), "texts": texts, "content": dict(pack.content)})
        return
    _print_paper(paper)


@pack_commands.command("verify")
def verify_pack(pack_id: PackId) -> None:
    """Work out a sent pack's hash again; status 1 when anything in it was changed since."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows.packing import hash_now

    with a_council(load_settings(), clock()) as council, council.read() as view:
        pack = _pack(view, pack_id)
        again = hash_now(view, pack)
    if not pack.hash:
        say("It has not been sent, so there is nothing to hold it to yet.")
        raise typer.Exit(1)
    if again != pack.hash:
        say(f"Sent with SHA-256 {pack.hash}, but it is {again} now: somebody changed it in the database.")
        raise typer.Exit(1)
    say(f"It is as it was sent: SHA-256 {pack.hash}.")


@pack_commands.command("write")
def write_pack(
    pack_id: PackId, folder: Annotated[Path, typer.Argument(help="Where to put the two files.")]
) -> None:
    """Write a pack's Word and Excel files, as its readers have them."""
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from reports.pack_excel import write_workbook
    from reports.pack_word import write_pack as write_word
    from workflows.pack_look import paper_of
    from workflows.switching import OPERATOR

    with a_council(load_settings(), clock()) as council, council.write() as work:
        paper = paper_of(work, council, _pack(work, pack_id))
        # Noted before it exists: a copy that left without a row could never be accounted for.
        work.trail.add(
            now=clock(), actor=None, verb="exported", subject=f"pack {pack_id}", fields={"by": OPERATOR}
        )
    folder.mkdir(parents=True, exist_ok=True)
    for ending, content in (("docx", write_word(paper)), ("xlsx", write_workbook(paper))):
        path = folder / f"pack-{pack_id}.{ending}"
        path.write_bytes(content)
        say(f"{path}: {len(content) / 1000:,.0f} kB.")


def trace(
    ref: Annotated[
        str,
        typer.Argument(
            metavar="REF", help="As printed beside the figure: P12-07, or P12-07B for the time before."
        ),
    ],
    as_json: Json = False,
) -> None:
    """The records behind a figure of a pack, and whether counting them again today gives the same.

    It shows the references of cases: treat what it prints as case data.
    """
    from bot.asking import clock
    from bot.settings import load_settings
    from bot.starting import a_council
    from workflows.tracing import trace as find

    with a_council(load_settings(), clock()) as council, council.write() as work:
        found = find(work, council, ref, now=clock())
    if as_json:
        _print_json(_traced(found))
    else:
        _print_traced(found)


def _pack(view: "View", pack_id: int) -> "PackRow":
    pack = view.packs.get(pack_id)
    if pack is None:
        raise NotFound("There is no pack of that id; “plumbline pack list” shows those there are.")
    return pack


def _facts(pack: "PackRow") -> dict[str, Any]:
    return {
        "id": pack.id,
        "kind": pack.kind.value,
        "title": pack.content["title"],
        "first_on": pack.first_on.isoformat(),
        "last_on": pack.last_on.isoformat(),
        "state": pack.state.value,
        "framework_version": pack.framework_version,
        "sent_at": _moment(pack.sent_at),
        "sha256": pack.hash,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _print_paper(paper: "Paper") -> None:
    from domain.pack_content import FigureTable

    content = paper.content
    say(f"{content.title}\n{paper.standing}\n{content.headline}")
    _print_figures(FigureTable("At a glance", content.highlights), paper)
    for part in content.parts:
        say(f"\n{part.title}\n{paper.words(part)}")
        for table in part.figures:
            _print_figures(table, paper)
    say(f"\n{content.note}")


def _print_figures(table: "FigureTable", paper: "Paper") -> None:
    from rich.markup import escape
    from rich.table import Table

    drawn = Table(title=escape(table.title))
    for heading in ("Figure", paper.content.period, paper.content.before, "Reference"):
        drawn.add_column(escape(heading))
    for line in table.lines:
        before = line.before.says if line.before else ""
        drawn.add_row(escape(line.name), line.now.says, before, line.now.ref)
    console().print(drawn)


def _print_traced(found: "Traced") -> None:
    row = found.row
    say(f"{row.ref} of “{found.pack.content['title']}” says: {row.says}.")
    say(f"{row.name}, of {found.scope}, {found.period}; counted as “{row.key}”.")
    say(f"Counted then ({len(found.counted)}): {_listed(found.counted)}")
    if row.whole is not None:
        say(f"The others of {len(row.whole)}: {_listed(found.others)}")
    if found.same:
        say("Counted again today it is the same, record for record.")
        return
    say("Counted again today it is not the same.")
    for words, records in (
        ("Counted now and not then", found.joined),
        ("Counted then and not now", found.left),
        ("Out of which it is now, and was not then", found.whole_joined),
        ("Out of which it was then, and is not now", found.whole_left),
    ):
        if records:
            say(f"{words}: {_listed(records)}")


def _listed(records: "tuple[Record, ...]") -> str:
    return ", ".join(f"{one.name} ({one.case})" if one.case else one.name for one in records) or "none"


def _traced(found: "Traced") -> dict[str, Any]:
    def told(records: "tuple[Record, ...]") -> list[dict[str, str]]:
        return [{"record": one.name, "case": one.case} for one in records]

    row = found.row
    return {
        "ref": row.ref,
        "pack": found.pack.id,
        "says": row.says,
        "name": row.name,
        "measure": row.key,
        "scope": found.scope,
        "first_on": row.first_on,
        "last_on": row.last_on,
        "counted": told(found.counted),
        "others": told(found.others),
        "same_today": found.same,
        "joined": told((*found.joined, *found.whole_joined)),
        "left": told((*found.left, *found.whole_left)),
    }


def _print_json(told: object) -> None:
    import json

    # Past rich, which would fold long lines.
    typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
