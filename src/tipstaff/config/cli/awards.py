"""`tipstaff awards replay` and `tipstaff awards figures load`: old determinations run again; figures from outside."""

import argparse
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tipstaff.config.office.saying import answering, problem
from tipstaff.config.office.toml_file import read_file

if TYPE_CHECKING:
    from tipstaff.awards.replaying import Replayed


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun and its verbs."""
    awards = subparsers.add_parser("awards", help="rewards: run determinations again, keep published figures")
    verbs = awards.add_subparsers(title="verbs", metavar="VERB", required=True)
    replay = verbs.add_parser(
        "replay",
        help="run the stored determinations of an award again; they must agree",
        description="Each is asked again: the same rules, the facts that were kept, and the rule sheet that it "
        "names. Ends with 0 when all agree, and with 1 when one does not; each difference is a sentence on the "
        "error output.",
    )
    replay.add_argument("ref", nargs="?", metavar="REF", help="an award, such as AWD-…")
    replay.add_argument("--all", action="store_true", help="every award of the office")
    replay.set_defaults(func=answering(_replay))
    figures = verbs.add_parser("figures", help="figures that others published")
    loading = figures.add_subparsers(title="verbs", metavar="VERB", required=True)
    load = loading.add_parser(
        "load",
        help="keep the figures of a file beside our own, with source and wording",
        description="A figure that is kept is never changed, added to ours or averaged.",
    )
    load.add_argument("file", type=Path, metavar="FILE", help="a file of tipstaff/figures/v1")
    load.add_argument(
        "--actor", required=True, metavar="USERNAME", help="the officer who loads it, an editor"
    )
    load.add_argument(
        "--compartment", metavar="CODE", help="whose figures they are; needed by an editor of several"
    )
    load.set_defaults(func=answering(_load))


def _replay(args: argparse.Namespace) -> int:
    if bool(args.ref) == bool(args.all):
        raise problem("Name one award, or --all of them.")
    from tipstaff.config.office import start

    start.desk_site()
    from tipstaff.awards import replaying
    from tipstaff.people.access import NotVisible, system

    actor = system("command")
    try:
        found = replaying.replay_all(actor) if args.all else replaying.replay(actor, args.ref)
        return _told(found)
    except NotVisible:
        raise problem(f"There is no award {args.ref}.") from None


def _told(found: "Iterable[Replayed]") -> int:
    again, differing = 0, 0
    for each in found:
        again += 1
        differing += not each.agrees
        for sentence in each.differences:
            sys.stderr.write(f"{each.award}, determination {each.number} ({each.stage}): {sentence}\n")
    determinations = "1 determination" if again == 1 else f"{again} determinations"
    if differing:
        sys.stderr.write(
            f"tipstaff: Of {determinations} run again, {differing} did not agree. Keep the database as it is.\n"
        )
        return 1
    print(f"{determinations} run again: all agree." if again else "There is no determination to run again.")
    return 0


def _load(args: argparse.Namespace) -> int:
    from tipstaff.awards.figures_file import read

    figures = read_file(args.file, read, kind="a figures file", guide="docs/figures-file.md")
    if figures is None:
        return 1
    from tipstaff.config.office import start

    start.desk_site()
    from tipstaff.awards.actions.figures import LOAD, load_figures
    from tipstaff.kernel.clock import day
    from tipstaff.people.access import NotAllowed, NotVisible
    from tipstaff.people.queries import actor_named

    now = datetime.now(UTC)
    try:
        actor = actor_named(args.actor, day(now))
        held = sorted(actor.compartments_for(LOAD))
        if args.compartment is None and len(held) != 1:
            raise problem("Say with --compartment whose figures they are.")
        compartment = args.compartment or held[0]
        loaded = load_figures(figures=figures, compartment=compartment, actor=actor, now=now)
    except NotVisible:
        raise problem(f"There is no officer {args.actor}: name an editor.") from None
    except NotAllowed:
        sys.stderr.write(
            f"tipstaff: {args.actor} may not load figures there: an editor of the compartment may.\n"
        )
        return 1
    print(f"{figures.programme}: figures kept: {loaded.added}; there already: {loaded.unchanged}.")
    return 0
