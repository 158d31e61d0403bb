"""`tipstaff programme check` and `tipstaff programme load`: a programme's offers, from a file to drafts."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from tipstaff.config.office.saying import answering, problem
from tipstaff.config.office.toml_file import read_file
from tipstaff.offers.programme_file import Programme, read


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun and its two verbs."""
    programme = subparsers.add_parser(
        "programme", help="reward offers from a file: check it, load it as drafts"
    )
    verbs = programme.add_subparsers(title="verbs", metavar="VERB", required=True)
    check = verbs.add_parser(
        "check",
        help="say everything that is wrong with a programme file, line by line",
        description="Needs no office. Ends with 0 when the file is in order, 1 when it is not, 2 when it "
        "cannot be read.",
    )
    check.add_argument("file", type=Path, metavar="FILE", help="a programme file (docs/programme-file.md)")
    check.set_defaults(func=answering(_check))
    load = verbs.add_parser(
        "load",
        help="bring a file's offers in as drafts",
        description="Nothing becomes public by loading: at the desk an editor proposes each offer, and a "
        "second officer approves it.",
    )
    load.add_argument("file", type=Path, metavar="FILE", help="a programme file (docs/programme-file.md)")
    load.add_argument(
        "--actor",
        required=True,
        metavar="USERNAME",
        help="the officer who loads it, an editor in its compartment",
    )
    load.set_defaults(func=answering(_load))


def _check(args: argparse.Namespace) -> int:
    programme = _programme_in(args.file)
    if programme is None:
        return 1
    refs = ", ".join(offer.ref for offer in programme.offers)
    languages = ", ".join(programme.languages)
    print(f"{args.file} is in order: programme {programme.code}, offers {refs}, languages {languages}.")
    return 0


def _load(args: argparse.Namespace) -> int:
    programme = _programme_in(args.file)
    if programme is None:
        return 1
    from tipstaff.config.office import start

    start.desk_site()
    from tipstaff.kernel.clock import day
    from tipstaff.offers.actions import load_programme
    from tipstaff.people.access import NotAllowed, NotVisible
    from tipstaff.people.queries import actor_named

    now = datetime.now(UTC)
    try:
        actor = actor_named(args.actor, day(now))
        loaded = load_programme(programme=programme, actor=actor, now=now)
    except NotVisible:
        raise problem(f"There is no officer {args.actor}: name one who may load programmes.") from None
    except NotAllowed:
        return _said(
            f"{args.actor} may not load a programme in the compartment {programme.compartment}: "
            "an officer with the role editor there may, and two administrators grant it."
        )
    for refs, what in (
        (loaded.drafted, "is a new draft: propose it at the desk"),
        (loaded.redrafted, "is a draft still, with the file's text in place of the old one"),
        (loaded.unchanged, "says the same already: left as it is"),
    ):
        for ref in refs:
            print(f"{ref} {what}.")
    return 0


def _programme_in(file: Path) -> Programme | None:
    return read_file(file, read, kind="a programme file", guide="docs/programme-file.md")


def _said(sentence: str) -> int:
    sys.stderr.write(f"tipstaff: {sentence}\n")
    return 1
