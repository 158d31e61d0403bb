"""`tipstaff init`, `tipstaff worker`, `tipstaff doctor`: founding an office and keeping it running."""

import argparse
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from tipstaff.config.office.saying import answering, problem

LANGUAGES = ("en", "es")


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the three commands."""
    _add_init(subparsers)
    worker = subparsers.add_parser(
        "worker",
        help="open envelopes, deliver what leaves the desk, move the log's head",
        description="Runs until it is stopped (Ctrl-C or SIGTERM). Asks for the key file's passphrase once.",
    )
    worker.add_argument("--once", action="store_true", help="do everything that is due once, and end")
    worker.add_argument("--locked", action="store_true", help="run without keys: nothing is opened or signed")
    worker.add_argument(
        "--no-open", action="store_true", help="take envelopes in; leave opening to an officer"
    )
    worker.add_argument("--chatty", action="store_true", help="also say what was done, not only what failed")
    worker.set_defaults(func=answering(_worker))
    doctor = subparsers.add_parser("doctor", help="say what is missing or wrong, and what to do about it")
    doctor.set_defaults(func=answering(_doctor))


def _add_init(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    init = subparsers.add_parser(
        "init",
        help="make a new office: keys, databases, the first two officers",
        description="Asks what no option says. Never overwrites: run again, it makes only what is missing.",
    )
    init.add_argument("--yes", action="store_true", help="ask nothing; the options say everything")
    init.add_argument("--origin", metavar="NAME", help="the log's name for ever, like tips.example.org/log")
    for language in LANGUAGES:
        init.add_argument(f"--name-{language}", metavar="TEXT", help=f"the office's name ({language})")
    init.add_argument(
        "--officer",
        metavar="USER=FULL NAME",
        action="append",
        default=[],
        help="a first officer; exactly two, who are two people",
    )
    init.add_argument("--agency", metavar="CODE=NAME", help="the agency of the first officers")
    init.add_argument(
        "--compartment", metavar="CODE=NAME", help="where a tip goes that names no offer: darien=Darién"
    )
    init.add_argument("--head-hour", type=int, default=3, metavar="HOUR", help="when the head moves, UTC")
    init.set_defaults(func=answering(_init))


def _init(args: argparse.Namespace) -> int:
    from tipstaff.config.office import folder, passphrase, start

    office = start.office_folder()
    ask = _Ask(args.yes)
    if (start.desk_folder() / "public.json").exists():
        print(f"Keys are in {office} already; they stay as they are.")
    else:
        plan = folder.Plan(
            origin=ask(
                "The log's name for ever (a host name and a path, like tips.example.org/log)", args.origin
            ),
            name={
                language: ask(f"The office's name ({language})", getattr(args, f"name_{language}"))
                for language in LANGUAGES
            },
            compartment=_pair(ask("First compartment (CODE=NAME)", args.compartment))[0],
            head_hour=args.head_hour,
        )
        print(f"Making keys in {office} …")
        folder.make(office, plan, passphrase.chosen())
    start.desk_site()
    from tipstaff.config.office import founding

    print("Bringing both databases up to date …")
    founding.migrate()
    from tipstaff.people.queries import officer_exists

    if officer_exists():
        print("There are officers already; nobody was added.")
        return 0
    first, second = _two_officers(ask, args.officer)
    passwords = founding.found(
        (founding.Person(*first), founding.Person(*second)),
        agency=_pair(ask("Agency of the first officers (CODE=NAME)", args.agency)),
        compartment=_pair(ask("First compartment (CODE=NAME)", args.compartment)),
        now=datetime.now(UTC),
    )
    _what_next(office, passwords)
    return 0


def _two_officers(ask: "_Ask", given: list[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    if len(given) > 2:
        raise problem("An office is founded by exactly two officers; more are added at the desk.")
    given = [*given, *[""] * (2 - len(given))]
    first, second = (
        _pair(ask(f"{place} officer (user name=full name)", officer or None))
        for place, officer in zip(("First", "Second"), given, strict=True)
    )
    return first, second


def _what_next(office: Path, passwords: list[tuple[str, str]]) -> None:
    print("\nThe office is made. These opening codes are shown once. Hand each to its officer, who signs")
    print("in with it within 72 hours, chooses a password and sets up a second factor:\n")
    for username, password in passwords:
        print(f"  {username:<20} {password}")
    print(f"""
What next:
  1. Keep copies of {office / "desk" / "desk.key"} on two media in two places, and its
     passphrase apart from them.
  2. Start the desk, the worker and the door (docs/running-an-office.md says how, also on two hosts):
       tipstaff serve desk
       tipstaff worker
       TIPSTAFF_DOOR_HOSTS=tips.example.org tipstaff serve door
  3. At the desk, the two give the working roles to officers; then load a programme:
       tipstaff programme load FILE
  4. See what is missing:  tipstaff doctor""")


def _worker(args: argparse.Namespace) -> int:
    from tipstaff.config.office import lock, passphrase, start

    start.desk_site()
    from tipstaff.config.office.jobs import jobs
    from tipstaff.config.office.keys import WORKER, WorkerKeys
    from tipstaff.config.office.worker import Worker
    from tipstaff.custody import holder

    folder = start.desk_folder()
    with lock.only_one(folder / "worker.lock"):
        held = holder.current()
        keyring = None if args.locked else held.open(passphrase.asked(), by=WORKER)
        work = jobs(opening=not args.no_open)
        worker = Worker(
            work, WorkerKeys(held, keyring, _say), folder / "worker.json", _say, chatty=args.chatty
        )
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: worker.stop())
        _say("worker: running" if keyring else "worker: running without the keys")
        failed = worker.run(once=args.once)
        _say("worker: stopped")
    return 1 if args.once and failed else 0


def _say(text: str) -> None:
    print(f"{datetime.now(UTC):%Y-%m-%d} {text}", flush=True)


def _doctor(args: argparse.Namespace) -> int:
    from tipstaff.config.office.doctor import Level, examine

    worst = Level.GREEN
    for finding in examine():
        worst = max(worst, finding.level)
        print(f"{finding.level.name.lower():<6} {finding.says}")
        if finding.fix and finding.level is not Level.GREEN:
            print(f"       → {finding.fix}")
    verdicts = {
        Level.GREEN: "All is well.",
        Level.AMBER: "It works; look at what is amber.",
        Level.RED: "Something must be mended: see what is red.",
    }
    print(verdicts[worst])
    return 1 if worst is Level.RED else 0


class _Ask:
    """What an option says, or what the person at the keyboard answers."""

    def __init__(self, silent: bool) -> None:
        self._silent = silent

    def __call__(self, question: str, given: str | None) -> str:
        if given:
            return given
        if self._silent or not sys.stdin.isatty():
            raise problem(f"Missing: {question}. `tipstaff init --help` names the option.")
        answer = ""
        while not answer:
            answer = input(f"{question}: ").strip()
        return answer


def _pair(text: str) -> tuple[str, str]:
    code, equals, name = text.partition("=")
    if not equals or not code.strip() or not name.strip():
        raise problem(f"“{text}” should be CODE=NAME, like ana=Ana Ruiz.")
    return code.strip(), name.strip()
