"""The decision memorandum: what it says (`document`), its words (`words`), its pages (`typeset`). Pure: no Django.

`redaction` makes the public version from the same record.
"""
