"""Encodings of this group: see _multibytecodec."""

from _multibytecodec import codec_finder

getcodec = codec_finder(
    ("shift_jis", "cp932", "euc_jp", "shift_jis_2004", "euc_jis_2004", "euc_jisx0213", "shift_jisx0213")
)
