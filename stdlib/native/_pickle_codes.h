// _pickle_codes.h - the opcodes of pickles that are no printable character; the others are written as they are ('(' is MARK).
#pragma once

namespace krait {

constexpr char kProto = '\x80', kNewObj = '\x81', kExt1 = '\x82', kExt2 = '\x83', kExt4 = '\x84', kTuple1 = '\x85', kTuple2 = '\x86',
               kTuple3 = '\x87', kNewTrue = '\x88', kNewFalse = '\x89', kLong1 = '\x8a', kLong4 = '\x8b', kShortBinUnicode = '\x8c',
               kBinUnicode8 = '\x8d', kBinBytes8 = '\x8e', kEmptySet = '\x8f', kAddItems = '\x90', kFrozenSet = '\x91',
               kNewObjEx = '\x92', kStackGlobal = '\x93', kMemoize = '\x94', kFrame = '\x95', kByteArray8 = '\x96',
               kNextBuffer = '\x97', kReadonlyBuffer = '\x98';
constexpr int kHighestProtocol = 5, kDefaultProtocol = 4;

} // namespace krait
