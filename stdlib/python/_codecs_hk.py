"""Encodings of this group: see _multibytecodec."""

from _multibytecodec import codec_finder

getcodec = codec_finder(("big5hkscs",))
