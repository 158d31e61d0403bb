"""Why each column of the hatch may lie where a thief could copy it. A test compares this with the tables.

*Public*: printed in a newspaper it would harm nobody. *Sealed*: an age file, or pieces of one, that only a key
which was never here can open. There is no third kind.
"""

PUBLIC = {
    "notice.number": "counts publications",
    "notice.note": "the signed notice itself",
    "notice.day": "when it was published",
    "mailbox.address": "a hash of the receipt: 128 random bits stand behind it",
    "mailbox.leaf": "the log's number for the tip",
    "mailbox.day": "the day of the tip",
    "envelope.entry": "the log's entry",
    "envelope.leaf": "the log's number for it",
    "envelope.mailbox": "as mailbox.address",
    "envelope.day": "the day it came",
    "upload.id": "random",
    "upload.envelope": "the log's entry",
    "upload.day": "the day it came",
    "piece.upload": "random",
    "piece.number": "counts pieces",
    "leaf.number": "counts leaves",
    "leaf.entry": "the log's entry",
    "tile.level": "place in the tree",
    "tile.number": "place in the tree",
    "tile.hashes": "tree hashes",
    "loghead.id": "always 1",
    "loghead.size": "counts leaves",
    "loghead.edge": "tree hashes",
    "loghead.checkpoint": "signed by the door, given to a sender",
    "publichead.size": "counts leaves",
    "publichead.root": "tree hash",
    "publichead.note": "signed by the desk for everybody",
    "publichead.day": "when it was signed",
    "spenttoken.digest": "a hash of 128 random bits that the door kept nowhere",
    "spenttoken.seal": "a keyed hash whose key is forgotten within minutes",
    "spenttoken.day": "when the token may be swept",
}
SEALED = {
    "mailbox.slots": "sealed to the source, or decoys sealed to nobody",
    "envelope.body": "sealed to the desk",
    "piece.body": "part of a file sealed to the desk",
}
