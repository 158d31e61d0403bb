"""`tipstaff vault init`: the two keys under which identities are sealed, each for another person."""

import argparse
import getpass
import sys
from pathlib import Path

from tipstaff.config.office.saying import answering, problem

PLACES = {"first": "First", "second": "Second"}


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun and its verb."""
    vault = subparsers.add_parser("vault", help="the two keys under which protected identities are sealed")
    verbs = vault.add_subparsers(title="verbs", metavar="VERB", required=True)
    init = verbs.add_parser(
        "init",
        help="make the vault's two key files",
        description="Two people sit at this keyboard, one after the other; each chooses a passphrase that the "
        "other does not see. Never overwrites.",
    )
    for half in PLACES:
        init.add_argument(
            f"--{half}-passphrase-file",
            type=Path,
            metavar="FILE",
            help=f"the {half} passphrase, for a demo or test",
        )
    init.set_defaults(func=answering(_init))


def _init(args: argparse.Namespace) -> int:
    from tipstaff.config.office import start
    from tipstaff.vault import keys

    folder = start.desk_folder()
    if not (folder / "public.json").exists():
        raise start.NoOffice(start.office_folder())
    first = _passphrase("first", args.first_passphrase_file)
    if not args.first_passphrase_file:
        print("\nNow the second person sits down here, and the first one looks away.\n")
    second = _passphrase("second", args.second_passphrase_file)
    print("Making the vault's keys …")
    keys.make(folder, first, second)
    print(f"""The vault's keys are made. An identity is sealed to both; neither opens it alone.

What next:
  1. {keys.key_path(folder, keys.Half.FIRST)} belongs to the first person,
     {keys.key_path(folder, keys.Half.SECOND)} to the second. Each keeps a copy on a medium of their own,
     and the passphrase apart from it. If either key is lost, nothing that was sealed is ever opened again.
  2. While nothing is to be opened, the key files may lie elsewhere; sealing needs neither.
  3. At the desk, give both the role “protector”, in the compartments whose sources they protect.""")
    return 0


def _passphrase(half: str, file: Path | None) -> str:
    if file is not None:
        try:
            return file.expanduser().read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise problem(f"The {half} passphrase could not be read from {file}.") from None
    if not sys.stdin.isatty():
        raise problem(
            "Two people type their passphrases at a terminal, or two options name files that hold them."
        )
    typed = getpass.getpass(f"{PLACES[half]} person: choose a passphrase (six random words are good): ")
    if getpass.getpass("The same once more: ") != typed:
        raise problem("The two entries differ; nothing was made.")
    return typed
