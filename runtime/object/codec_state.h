// codec_state.h - what the built-in codecs share: the run of an encoding or decoding and its error handling.
#pragma once

#include "runtime/object/bytes.h"
#include "runtime/object/codecs.h"
#include "runtime/object/errors.h"
#include "runtime/object/str.h"

namespace krait {

enum class ErrorMode : uint8_t {
  Strict, Ignore, Replace, BackslashReplace, XmlCharRefReplace, NameReplace, SurrogateEscape, SurrogatePass, Custom
};
ErrorMode errorModeOf(const char *errors);

/// An encoding under way.
struct Encoder {
  Str *text;
  const char *encoding; // as it appears in messages
  const char *errors;   // or null
  BytesBuilder out;
  /// Encodes one replacement character; false if the codec cannot.
  bool (*put)(Encoder &e, uint32_t c) = nullptr;
  Value mapping; // charmap
  ErrorMode mode = errorModeOf(nullptr);
  Value handler; // of ErrorMode::Custom, looked up once

  Encoder(Str *source, const char *name, const char *errorName) : text(source), encoding(name), errors(errorName) {
    mode = errorModeOf(errorName);
  }
  /// Characters [start, end) cannot be encoded: writes what the handler says and sets *at to where to go on.
  bool fail_py(int64_t start, int64_t end, const char *reason, int64_t *at);
};

/// A decoding under way.
struct Decoder {
  Value object; // bytes-like, for the exception
  const uint8_t *data;
  int64_t size;
  const char *encoding;
  const char *errors;
  bool final = true;    // the end of the data is the end of the text
  int64_t consumed = 0; // by the codec, when not final
  StrBuilder out;
  ErrorMode mode;
  Value handler;

  Decoder(Value source, const uint8_t *bytes, int64_t length, const char *name, const char *errorName)
      : object(source), data(bytes), size(length), encoding(name), errors(errorName), mode(errorModeOf(errorName)) {}
  /// Bytes [start, end) are wrong: writes what the handler says and sets *at to where to go on. A handler may replace
  /// the data (`object` of the exception).
  bool fail_py(int64_t start, int64_t end, const char *reason, int64_t *at);
};

// Each appends to the run's `out`; false with an exception pending.
bool encodeUtf8_py(Encoder &e);
bool encodeUtf16_py(Encoder &e, int byteOrder); // -1 little, 1 big, 0 native with a mark
bool encodeUtf32_py(Encoder &e, int byteOrder);
bool encodeUtf7_py(Encoder &e);
bool encodeLatin1_py(Encoder &e, uint32_t limit); // 128: ascii; 256
bool encodeUnicodeEscape(Encoder &e);
bool encodeRawUnicodeEscape(Encoder &e);
bool encodeCharmap_py(Encoder &e, Value mapping);
bool decodeUtf8_py(Decoder &d);
bool decodeUtf16_py(Decoder &d, int *byteOrder);
bool decodeUtf32_py(Decoder &d, int *byteOrder);
bool decodeUtf7_py(Decoder &d);
bool decodeAscii_py(Decoder &d);
bool decodeLatin1(Decoder &d);
bool decodeUnicodeEscape_py(Decoder &d, int64_t *firstBadEscape);
bool decodeRawUnicodeEscape_py(Decoder &d);
bool decodeCharmap_py(Decoder &d, Value mapping);

// Pieces of the built-in error handlers, shared with their forms as functions in _codecs.
void appendXmlCharRef(StrBuilder &out, uint32_t c);
void appendNameEscape(StrBuilder &out, uint32_t c);
/// Bytes in a code unit of a UTF encoding of that name, and whether the high byte comes first; 0 for other encodings.
int surrogatePassWidth(std::string_view encoding, bool *big);
void appendPassedSurrogate(BytesBuilder &out, uint32_t c, int width, bool big);
/// The surrogate whose bytes begin at [start], or 0.
uint32_t passedSurrogate(const uint8_t *data, int64_t size, int64_t start, int width, bool big);

/// The UTF-8 of text without lone surrogates; null (perhaps no exception) otherwise.
Bytes *encodeCleanUtf8(Str *text);
/// The text of good UTF-8, or null (no exception) when it is not good.
Str *decodeValidUtf8(const uint8_t *data, int64_t size);

inline bool isSurrogate(uint32_t c) { return (c & ~uint32_t{0x7ff}) == 0xd800; }

} // namespace krait
