"""The transparency log: trees, tiles, notes, checkpoints, proofs, and the verifier that anyone can run.

Pure Python beside `cryptography` (Ed25519): no Django, no database, no clock. Each file follows one
specification:

`tree`        RFC 6962 section 2.1: hashing, inclusion and consistency proofs
`tiles`       c2sp.org/tlog-tiles: paths, tile widths, entry bundles
`note`        c2sp.org/signed-note, and the Ed25519 half of c2sp.org/tlog-cosignature
`checkpoint`  c2sp.org/tlog-checkpoint
`proof`       c2sp.org/tlog-proof: the file that a sender takes away
`verify`      a whole log and a saved proof, checked from the outside
"""
