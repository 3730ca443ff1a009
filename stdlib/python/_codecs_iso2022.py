"""Encodings of this group: see _krait_stateful_codecs."""

from _multibytecodec import codec_finder

getcodec = codec_finder(
    ("iso2022_kr", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_jp_3", "iso2022_jp_ext")
)
