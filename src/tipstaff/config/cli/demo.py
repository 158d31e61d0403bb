"""`tipstaff demo` and `tipstaff demo code`: a complete office on this machine that reaches no one."""

import argparse
import os
import signal
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tipstaff.config.office.saying import answering

if TYPE_CHECKING:
    from tipstaff.config.demo import making, place

PROGRAMME = Path("programmes/darien-2024.toml")
FICTIONAL = (
    "grey-gull-demo.toml"  # lies beside it; the demo's cases stand under it, and never under the real offers
)


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and its one verb."""
    demo = subparsers.add_parser(
        "demo",
        help="start a complete demo office here: door, desk, worker",
        description="Makes a demo office in var/demo the first time, then starts it. Ctrl-C stops it; "
        "everything in it is invented.",
    )
    demo.add_argument("--door-port", type=int, default=8000, metavar="PORT", help="(%(default)s)")
    demo.add_argument("--desk-port", type=int, default=8001, metavar="PORT", help="(%(default)s)")
    demo.add_argument("--programme", type=Path, default=PROGRAMME, metavar="FILE", help="(%(default)s)")
    demo.set_defaults(func=answering(_demo))
    verbs = demo.add_subparsers(title="verbs", metavar="VERB")
    code = verbs.add_parser("code", help="print a demo officer's current second-factor code")
    code.add_argument(
        "officer", nargs="?", metavar="NAME", help="the user name (default: whom the demo shows)"
    )
    code.set_defaults(func=answering(_code))


def _code(args: argparse.Namespace) -> int:
    from tipstaff.config.demo.place import STEP, NoDemo, code, place

    card = place().card()
    if card is None:
        raise NoDemo
    if args.officer:
        card = place().card_of(args.officer)
    now = time.time()
    print(code(card.totp, now))
    print(f"for {STEP - int(now) % STEP} seconds more; each code can be used once", file=sys.stderr)
    return 0


def _demo(args: argparse.Namespace) -> int:
    from tipstaff.config.demo import making, place, processes
    from tipstaff.config.office import serving

    here = place.place()
    processes.free(args.door_port, "--door-port")
    processes.free(args.desk_port, "--desk-port")
    environment = making.settings(here)
    os.environ.clear()
    os.environ.update(environment)
    card = here.card()
    if card is None:
        print(f"Making a demo office in {here.folder}:")
        card = making.make(here, files(args.programme), lambda text: print(f"  {text}", flush=True))
        here.keep(card)

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    group = processes.Processes(here.logs, serving.environment())
    door, desk = f"http://127.0.0.1:{args.door_port}", f"http://localhost:{args.desk_port}"
    try:
        print("Starting the door …", flush=True)
        group.start("door", serving.DOOR.command("127.0.0.1", args.door_port))
        group.wait_for("door", f"{door}/healthz")
        if not card.tips_sent:
            card = _send_tips(here, card, door)
            print("Signing the log's first public head …", flush=True)
            group.run("log", [sys.executable, "-m", "tipstaff", "log", "publish", "--insist"])
        print("Starting the desk and the worker …", flush=True)
        group.start("desk", serving.DESK.command("127.0.0.1", args.desk_port))
        worker = [sys.executable, "-m", "tipstaff", "worker", "--no-open", "--chatty"]
        group.start("worker", worker)
        group.wait_for("desk", f"{desk}/healthz")
        _tell(here, card, door, desk)
        while not stop.wait(1):
            group.check()
        print("\nStopping …", flush=True)
    finally:
        group.stop()
    print("Stopped. Nothing runs any more; bin/run starts the same office again.")
    return 0


def files(real: Path) -> "making.Files":
    """What the demo is made of: the real programme's file, and those that lie beside it."""
    from tipstaff.config.demo.making import Files

    real = real.absolute()
    return Files(real, real.with_name(f"{real.stem}-figures.toml"), real.with_name(FICTIONAL))


def _send_tips(here: "place.Place", card: "place.Card", door: str) -> "place.Card":
    from tipstaff.config.demo.sending import send
    from tipstaff.config.demo.story import TIPS

    print("Sending invented tips through the door's form …", flush=True)
    for tip in TIPS:
        print(f"  {send(door, tip)} ({tip.language})", flush=True)
    card = replace(card, tips_sent=True)
    here.keep(card)
    return card


def _tell(here: "place.Place", card: "place.Card", door: str, desk: str) -> None:
    print(f"""
DEMO: this reaches no one. All officers and tips are invented.

  The door, for the public     {door}
  The desk, for officers       {desk}

  Officer                      {card.username}
  Password                     {card.password}
  Second factor                bin/code prints the code (secret {card.totp})
  All other officers           {here.officers}
                               (bin/code NAME prints the code of each)
  The sources of the cases     {here.receipts}
  Passphrase of the keys       {here.passphrase.read_text(encoding="utf-8").strip()}
                               (in {here.passphrase})

Sign in at the desk, then unlock the keys under Keys: the waiting tips open. Ctrl-C stops everything.""")
