"""bin/bench: what each hot path costs on this machine.

bin/bench                        all of it (about ten minutes)
bin/bench submissions            whole submissions at 1, 4 and 16 at once, on both databases; with a file
bin/bench endurance              50,000 submissions in one go: not one error
bin/bench envelopes log          opening; the log at a million leaves
bin/bench ledger                 the books at a million transfers: proved, read, added to
bin/bench cases                  the pages of cases at 100,000 outcomes and contributions
bin/bench awards                 docket, award and case at 100,000 outcomes and contributions, with their queries
"""

import argparse
import os
import sys

import django

PARTS = ("envelopes", "steps", "rules", "submissions", "log", "ledger", "cases", "awards", "endurance")


def main() -> int:
    """Run the chosen parts and print their tables."""
    parser = argparse.ArgumentParser(
        prog="bin/bench", description="What each hot path costs on this machine."
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; none means all")
    parser.add_argument("--runs", type=int, default=5, help="runs behind each median (%(default)s)")
    parser.add_argument("--count", type=int, default=1500, help="submissions a run (%(default)s)")
    parser.add_argument("--endure", type=int, default=50_000, help="submissions in one go (%(default)s)")
    parser.add_argument(
        "--transfers", type=int, default=1_000_000, help="transfers in the books (%(default)s)"
    )
    parser.add_argument("--leaves", type=int, default=1_000_000, help="leaves of the log (%(default)s)")
    parser.add_argument("--rows", type=int, default=100_000, help="outcomes and contributions (%(default)s)")
    arguments = parser.parse_args()
    unknown = set(arguments.parts) - set(PARTS)
    if unknown:
        parser.error(f"there is no part {min(unknown)}: choose from {', '.join(PARTS)}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tipstaff.config.settings.tests")
    django.setup()
    from bench import (  # only here: they need the settings
        awards,
        cases,
        envelopes,
        ledger,
        loglarge,
        machine,
        rules,
        steps,
        submissions,
    )

    machine.say(machine.describe())
    for part in arguments.parts or PARTS:
        if part == "envelopes":
            envelopes.measure(arguments.runs)
        elif part == "steps":
            steps.measure(arguments.runs)
        elif part == "rules":
            rules.measure(arguments.runs)
        elif part == "submissions":
            submissions.measure(arguments.runs, arguments.count)
        elif part == "log":
            loglarge.measure(arguments.runs, arguments.leaves)
        elif part == "ledger":
            ledger.measure(arguments.runs, arguments.transfers)
        elif part == "cases":
            cases.measure(arguments.runs, arguments.rows)
        elif part == "awards":
            awards.measure(arguments.runs, arguments.rows)
        else:
            submissions.endure(arguments.endure)
    return 0


if __name__ == "__main__":
    sys.exit(main())
