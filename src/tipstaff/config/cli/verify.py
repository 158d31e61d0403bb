"""`tipstaff verify` and `tipstaff verify-log`: what anyone can check, on a machine that has no office.

Neither needs Django, a database or a setting. Both end with 0 when what they checked holds and 1 when it does
not, and say which in a sentence.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tipstaff.tlog.checkpoint import SignedCheckpoint
from tipstaff.tlog.keys import COSIGNATURE, KeyWrong, Verifier
from tipstaff.tlog.proof import LONGEST
from tipstaff.tlog.rederive import Progress, silent
from tipstaff.tlog.sources import opened
from tipstaff.tlog.verify import ProofReport, Trust, TrustedKey, read_private, verify_log, verify_proof
from tipstaff.tlog.wrong import Wrong

_LONGEST_KEY_FILE = 10_000


class Unreadable(Wrong):
    """A file that was named cannot be read, or is not what it was named as."""


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands to the `tipstaff` command."""
    verify = subparsers.add_parser(
        "verify",
        help="check a saved proof that a tip is in the log",
        description="Check a saved proof; with --log, also that the public log holds it. The whole log is "
        "read for that, so that its server cannot tell which tip is asked about.",
    )
    verify.add_argument("proof", metavar="PROOF", type=Path, help="the saved .tlog-proof file")
    verify.add_argument("--log", metavar="URL|DIR", help="the public log, at an address or in a folder")
    verify.add_argument(
        "--entry", metavar="HEX", type=_hex, help="the entry, when the proof does not carry it"
    )
    _add_trust(verify)
    verify.set_defaults(func=_answering(_verify))
    whole = subparsers.add_parser(
        "verify-log",
        help="check a whole public log",
        description="Hash every entry of a log again and compare every tile and the signed head.",
    )
    whole.add_argument("log", metavar="URL|DIR", help="the log, at an address or in a folder")
    whole.add_argument(
        "--checkpoint",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="a proof or a signed checkpoint kept from before, to find in the log's history; may be repeated",
    )
    _add_trust(whole)
    whole.set_defaults(func=_answering(_verify_log))


def _add_trust(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--key",
        metavar="K",
        type=_key,
        action="append",
        required=True,
        help="a key of the log, or a file with it; `door=K` and `desk=K` say whose it is; may be repeated",
    )
    parser.add_argument(
        "--witness",
        metavar="K",
        type=_witness,
        action="append",
        default=[],
        help="a witness's key, or a file with it, whose cosignature to look for; may be repeated",
    )


def _verify(args: argparse.Namespace) -> tuple[str, ...]:
    trust = Trust(tuple(args.key), tuple(args.witness))
    report = verify_proof(_read(args.proof, LONGEST), trust, args.entry)
    if args.log is None:
        return report.sentences
    with opened(args.log) as source, _progress() as progress:
        log = verify_log(source, trust, proofs=[report], progress=progress)
    return (*report.sentences, *log.sentences)


def _verify_log(args: argparse.Namespace) -> tuple[str, ...]:
    trust = Trust(tuple(args.key), tuple(args.witness))
    kept = [read_private(_read(path, LONGEST), trust) for path in args.checkpoint]
    proofs = [each for each in kept if isinstance(each, ProofReport)]
    private = [each for each in kept if isinstance(each, SignedCheckpoint)]
    with opened(args.log) as source, _progress() as progress:
        return verify_log(source, trust, private=private, proofs=proofs, progress=progress).sentences


def _answering(check: Callable[[argparse.Namespace], tuple[str, ...]]) -> Callable[[argparse.Namespace], int]:
    """The command around a check: its sentences and 0, or what is wrong and 1."""

    def run(args: argparse.Namespace) -> int:
        try:
            sentences = check(args)
        except Wrong as wrong:
            print(_visible(f"Not verified: {wrong}"), file=sys.stderr)
            return 1
        print(_visible("\n".join(sentences)))
        return 0

    return run


def _visible(text: str) -> str:
    """The text without anything that could steer a terminal: names in a file that failed are a stranger's."""
    return "".join(
        letter if letter.isprintable() or letter == "\n" else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


def _read(path: Path, longest: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(longest + 1)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}.") from None
    if len(data) > longest:
        raise Unreadable(f"{path} is too long to be a proof or a checkpoint.")
    return data


def _key(text: str) -> TrustedKey:
    """A log's key from the command line. argparse turns the error into a usage message."""
    holder, mark, rest = text.partition("=")
    try:
        if mark and holder in ("door", "desk"):
            return TrustedKey.parse(f"{holder}={_from_file(rest)}")
        return TrustedKey.parse(_from_file(text))
    except Wrong as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None


def _witness(text: str) -> Verifier:
    try:
        verifier = Verifier.parse(_from_file(text))
        if verifier.kind != COSIGNATURE:
            raise KeyWrong(f"the key of {verifier.name} is a log's, not a witness's.")
    except Wrong as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None
    return verifier


def _from_file(text: str) -> str:
    """The key itself, or what stands in the file of that name."""
    if "+" in text or not Path(text).is_file():
        return text
    try:
        return _read(Path(text), _LONGEST_KEY_FILE).decode().strip()
    except UnicodeError:
        raise Unreadable(f"{text} holds no key.") from None


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise argparse.ArgumentTypeError("an entry is written in hexadecimal digits") from None


@contextmanager
def _progress() -> Iterator[Progress]:
    """A progress bar when somebody watches, else nothing."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns: tuple[Any, ...] = (
        TextColumn("Entries"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Entries", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
