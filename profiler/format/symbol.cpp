// Spelling and reading of names and symbols.
#include "profiler/format/symbol.h"

#include "profiler/format/text_cursor.h"

namespace krait {

namespace {
bool isBareAscii(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' ||
         c == '<' || c == '>' || c == '-' || c == '/';
}

/// Length of the well-formed UTF-8 sequence past ASCII at the front of [text]; 0 if there is none.
size_t utf8Length(std::string_view text) {
  auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  auto isTail = [&](size_t i) { return (byte(i) & 0xc0) == 0x80; };
  unsigned lead = byte(0);
  if (lead >= 0xc2 && lead <= 0xdf)
    return isTail(1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    unsigned low = lead == 0xe0 ? 0xa0 : 0x80, high = lead == 0xed ? 0x9f : 0xbf;
    return byte(1) >= low && byte(1) <= high && isTail(2) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    unsigned low = lead == 0xf0 ? 0x90 : 0x80, high = lead == 0xf4 ? 0x8f : 0xbf;
    return byte(1) >= low && byte(1) <= high && isTail(2) && isTail(3) ? 4 : 0;
  }
  return 0;
}

/// Length of the character at the front of [text] if a bare name may hold it, else 0.
size_t bareLength(std::string_view text) {
  return isBareAscii(static_cast<unsigned char>(text[0])) ? 1 : utf8Length(text);
}

bool isBare(std::string_view name) {
  if (name.empty())
    return false;
  for (size_t at = 0; at < name.size();) {
    size_t length = bareLength(name.substr(at));
    if (length == 0)
      return false;
    at += length;
  }
  return true;
}

int hexDigit(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool isPrintable(unsigned char c) { return c >= 0x20 && c < 0x7f; }

void appendQuoted(std::string &out, std::string_view name) {
  static const char digits[] = "0123456789abcdef";
  out += '"';
  for (size_t at = 0; at < name.size();) {
    unsigned char c = static_cast<unsigned char>(name[at]);
    size_t length = c < 0x80 ? 1 : utf8Length(name.substr(at));
    if (c == '"' || c == '\\') {
      out += '\\';
      out += name[at];
    } else if (length > 1 || isPrintable(c)) {
      out += name.substr(at, length);
    } else {
      out += "\\x";
      out += digits[c >> 4];
      out += digits[c & 15];
    }
    at += length ? length : 1;
  }
  out += '"';
}

void appendQualified(std::string &out, const ProfileSymbol &symbol) {
  if (!symbol.module.empty()) {
    appendName(out, symbol.module);
    out += ':';
  }
  appendName(out, symbol.name);
  if (symbol.ordinal != 0)
    out += '#' + std::to_string(symbol.ordinal);
}

/// The word between '@' and '(', for the kinds that are identities.
struct IdentityWord {
  ProfileSymbol::Kind kind;
  std::string_view word;
};
constexpr IdentityWord kIdentityWords[] = {
    {ProfileSymbol::Kind::Function, "function"}, {ProfileSymbol::Kind::Class, "class"},
    {ProfileSymbol::Kind::Module, "module"},     {ProfileSymbol::Kind::Builtin, "builtin"},
    {ProfileSymbol::Kind::Constant, "constant"},
};

std::string_view identityWord(ProfileSymbol::Kind kind) {
  for (const IdentityWord &row : kIdentityWords)
    if (row.kind == kind)
      return row.word;
  return {};
}
} // namespace

void appendName(std::string &out, std::string_view name) {
  if (isBare(name))
    out += name;
  else
    appendQuoted(out, name);
}

std::string spellSymbol(const ProfileSymbol &symbol) {
  std::string out;
  std::string_view word = identityWord(symbol.kind);
  if (!word.empty()) {
    out += '@';
    out += word;
    out += '(';
  }
  appendQualified(out, symbol);
  if (!word.empty())
    out += ')';
  if (symbol.kind == ProfileSymbol::Kind::Shape) {
    out += '{';
    for (size_t i = 0; i < symbol.attributes.size(); ++i) {
      if (i != 0)
        out += ',';
      appendName(out, symbol.attributes[i]);
    }
    out += '}';
  }
  return out;
}

bool parseSymbol(std::string_view text, ProfileSymbol &symbol) {
  TextCursor cursor(text);
  return cursor.symbol(symbol) && cursor.atEnd();
}

// ---- Reading ----------------------------------------------------------------------------------------

void TextCursor::skipSpaces() {
  while (peek() == ' ')
    ++at_;
}

bool TextCursor::take(std::string_view word) {
  if (text_.substr(at_, word.size()) != word)
    return false;
  at_ += word.size();
  return true;
}

bool TextCursor::takeKeyword(std::string_view keyword) {
  size_t start = at_;
  if (take(keyword) && (atEnd() || !isBareAscii(static_cast<unsigned char>(peek()))))
    return true;
  at_ = start;
  return false;
}

bool TextCursor::number(uint64_t &value) {
  auto isDigit = [&] { return peek() >= '0' && peek() <= '9'; };
  if (!isDigit())
    return false;
  if (take("0")) {
    value = 0;
    return !isDigit();
  }
  for (value = 0; isDigit(); ++at_)
    if (__builtin_mul_overflow(value, 10, &value) ||
        __builtin_add_overflow(value, static_cast<uint64_t>(peek() - '0'), &value))
      return false;
  return true;
}

bool TextCursor::number(uint32_t &value) {
  uint64_t wide;
  if (!number(wide) || wide > UINT32_MAX)
    return false;
  value = static_cast<uint32_t>(wide);
  return true;
}

bool TextCursor::hash(uint64_t &value) {
  value = 0;
  for (int i = 0; i < 16; ++i, ++at_) {
    int digit = hexDigit(peek());
    if (digit < 0)
      return false;
    value = value << 4 | static_cast<uint64_t>(digit);
  }
  return true;
}

bool TextCursor::name(std::string &value) {
  if (peek() == '"')
    return quotedName(value);
  size_t start = at_;
  while (!atEnd()) {
    size_t length = bareLength(text_.substr(at_));
    if (length == 0)
      break;
    at_ += length;
  }
  value = text_.substr(start, at_ - start);
  return at_ != start;
}

bool TextCursor::quotedName(std::string &value) {
  value.clear();
  for (++at_; !atEnd() && peek() != '"';) {
    unsigned char c = static_cast<unsigned char>(peek());
    if (c == '\\') {
      if (!escape(value))
        return false;
      continue;
    }
    size_t length = isPrintable(c) ? 1 : utf8Length(text_.substr(at_));
    if (length == 0)
      return false;
    value += text_.substr(at_, length);
    at_ += length;
  }
  return take("\"");
}

bool TextCursor::escape(std::string &value) {
  ++at_;
  if (peek() == '"' || peek() == '\\') {
    value += text_[at_++];
    return true;
  }
  if (!take("x"))
    return false;
  int code = 0;
  for (int i = 0; i < 2; ++i, ++at_) {
    int digit = hexDigit(peek());
    if (digit < 0)
      return false;
    code = code << 4 | digit;
  }
  value += static_cast<char>(code);
  return true;
}

bool TextCursor::ordinal(uint32_t &value) {
  value = 0;
  return !take("#") || (number(value) && value != 0);
}

bool TextCursor::qualified(ProfileSymbol &value) {
  if (!name(value.name))
    return false;
  if (take(":")) {
    value.module = std::move(value.name);
    return !value.module.empty() && name(value.name);
  }
  return true;
}

bool TextCursor::identity(ProfileSymbol &value) {
  for (const IdentityWord &row : kIdentityWords) {
    if (!takeKeyword(row.word))
      continue;
    value.kind = row.kind;
    return take("(") && qualified(value) &&
           (row.kind != ProfileSymbol::Kind::Function || ordinal(value.ordinal)) && take(")");
  }
  return false;
}

bool TextCursor::symbol(ProfileSymbol &value) {
  value = ProfileSymbol();
  if (take("@"))
    return identity(value);
  if (!qualified(value))
    return false;
  if (!take("{"))
    return true;
  value.kind = ProfileSymbol::Kind::Shape;
  if (take("}"))
    return true;
  do {
    if (!name(value.attributes.emplace_back()))
      return false;
  } while (take(","));
  return take("}");
}

} // namespace krait
