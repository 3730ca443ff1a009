"""Encodings of this group: see _multibytecodec."""

from _multibytecodec import codec_finder

getcodec = codec_finder(("gb2312", "gbk", "gb18030", "hz"))
