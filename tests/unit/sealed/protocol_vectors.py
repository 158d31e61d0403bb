"""The fixed vectors of docs/protocol.md. `python -m tests.unit.sealed.protocol_vectors` writes them there."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.unit.sealed.cast import (
    ACCEPTED,
    CLAIM,
    CODE,
    DAY,
    MAILBOX,
    POSSIBLE,
    VOUCHER,
    a_message,
    a_reply,
    a_tip,
    an_answer,
)
from tipstaff.sealed import derive, tar
from tipstaff.sealed.claims import window_challenge
from tipstaff.sealed.envelope import Message, Reply, Tip
from tipstaff.sealed.fields import dump
from tipstaff.sealed.items import written
from tipstaff.sealed.padding import bucket, pad_to, padme
from tipstaff.sealed.receipt import LANGUAGES, Receipt

DOCUMENT = Path(__file__).parents[3] / "docs" / "protocol.md"
_FENCE = "```json\n"
ENTROPIES = (bytes(16), bytes(range(16)), b"\x7f" * 16, b"\xff" * 16)
BUCKETS = (0, 1, 16_384, 16_385, 100_000, 1_048_576)
PADMES = (0, 1, 2, 9, 100, 1_000, 1_025, 48_213, 1_000_000, 200_000_000)


def vectors() -> dict[str, Any]:
    """All vectors, made anew."""
    return {
        "receipts": [_receipt(Receipt(entropy)) for entropy in ENTROPIES],
        "bucket": {str(length): bucket(length) for length in BUCKETS},
        "padme": {str(length): padme(length) for length in PADMES},
        "tip": _packed("tip.json", a_tip()),
        "message": _signed(a_message()),
        "answer": _signed(an_answer(ACCEPTED)),
        "window": {"code": CODE, "number": "042917", "challenge": window_challenge(CODE, "042917").hex()},
        "reply": _reply(Reply(MAILBOX, 2, "message", None, "¿De qué color era la lancha?", DAY)),
        "reward": _reply(a_reply(POSSIBLE, "Puede contar para una recompensa.")),
        "voucher": _reply(a_reply(VOUCHER)),
    }


def stated() -> Any:
    """The vectors as the document states them."""
    return json.loads(DOCUMENT.read_text("utf-8").split(_FENCE)[1].split("```")[0])


def _receipt(receipt: Receipt) -> dict[str, Any]:
    identity, claim = derive.reply_identity(receipt), derive.claim_key(receipt)
    recipient = str(identity.recipient())
    address = derive.mailbox_address(receipt)
    return {
        "entropy": receipt.entropy.hex(),
        **{language: " ".join(receipt.words(language)) for language in LANGUAGES},
        "numbers": " ".join(receipt.numbers()),
        "mailbox": address.hex(),
        "reference": derive.tip_reference(address),
        "reply_identity": str(identity),
        "reply_recipient_sha256": sha256(recipient.encode()).hexdigest(),
        "claim_seed": claim.private_bytes_raw().hex(),
        "claim_public": claim.public_key().public_bytes_raw().hex(),
    }


def _signed(message: Message) -> dict[str, Any]:
    message = replace(message, nonce=bytes(range(16)))
    message = replace(message, signature=CLAIM.sign(message.signed_bytes()))
    signed = sha256(message.signed_bytes()).hexdigest()
    return _packed("message.json", message) | {"signed_sha256": signed}


def _packed(name: str, item: Tip | Message) -> dict[str, Any]:
    contents = dump(written(item))
    packed = tar.pack(name, contents)
    padded = pad_to(packed, bucket(len(packed)))
    return {"json": contents.decode(), "padded": len(padded), "tar_sha256": sha256(padded).hexdigest()}


def _reply(reply: Reply) -> dict[str, Any]:
    # Put together here by hand, as another program would do it from the document alone.
    heading = {key: value for key, value in written(reply).items() if key != "text"}
    text = reply.text.encode()
    plain = pad_to(dump(heading | {"bytes": len(text)}) + b"\n" + text, 3072)
    return {"plain": plain.rstrip(b"\0").decode(), "plain_sha256": sha256(plain).hexdigest()}


def write() -> None:
    before, rest = DOCUMENT.read_text("utf-8").split(_FENCE)
    after = rest.split("```", 1)[1]
    block = json.dumps(vectors(), indent=1, ensure_ascii=False)
    DOCUMENT.write_text(f"{before}{_FENCE}{block}\n```{after}", "utf-8")


if __name__ == "__main__":
    write()
