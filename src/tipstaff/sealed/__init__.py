"""Sealing: the age format, the envelope around a tip, the twelve-word receipt and what derives from it.

Pure: no Django, no clock, no disk but the word lists beside this file. `docs/protocol.md` describes for other
implementers what this package reads and writes.
"""
