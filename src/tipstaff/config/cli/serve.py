"""`tipstaff serve door` and `tipstaff serve desk`: the two web servers, as they were measured."""

import argparse
import os

from tipstaff.config.office.saying import answering


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun and a verb for each site."""
    serve = subparsers.add_parser("serve", help="serve a site (behind a TLS proxy or an onion service)")
    sites = serve.add_subparsers(title="sites", metavar="SITE", required=True)
    for site, text in (("door", "the public site"), ("desk", "the internal site")):
        command = sites.add_parser(site, help=text)
        command.add_argument("--host", help="address to listen at (127.0.0.1)")
        command.add_argument("--port", type=int, help="port to listen at (door 8000, desk 8001)")
        command.set_defaults(func=answering(_serve), site=site)


def _serve(args: argparse.Namespace) -> int:
    from tipstaff.config.office import serving

    site = serving.SITES[args.site]
    serving.check(site)
    command = site.command(args.host, args.port)
    os.execve(command[0], command, serving.environment())  # noqa: S606  a fixed list, no shell
