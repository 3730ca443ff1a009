// Writes, checks and reads code images. The writer appends tables to one string and patches the records,
// which have fixed places at the front. The checker visits every offset once before anything is trusted.
#include "compiler/frontend/serialize.h"

#include <algorithm>
#include <unordered_map>

namespace krait {

namespace {

/// Decodes one code point of WTF-8 at [p]; returns its length or 0 if the bytes are malformed.
unsigned decodeWtf8(const unsigned char *p, const unsigned char *end, uint32_t &cp) {
  unsigned n = *p < 0x80 ? 1 : *p >> 5 == 6 ? 2 : *p >> 4 == 14 ? 3 : *p >> 3 == 30 ? 4 : 0;
  if (!n || size_t(end - p) < n)
    return 0;
  cp = n == 1 ? *p : *p & (0x7Fu >> n);
  for (unsigned i = 1; i < n; ++i) {
    if ((p[i] & 0xC0) != 0x80)
      return 0;
    cp = cp << 6 | (p[i] & 0x3F);
  }
  static constexpr uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  return cp < kLeast[n] || cp > 0x10FFFF ? 0 : n;
}

/// Length in code points and width of [text]; false if it is malformed.
bool measure(std::string_view text, uint32_t &length, uint32_t &width) {
  auto *p = reinterpret_cast<const unsigned char *>(text.data()), *end = p + text.size();
  uint32_t widest = 0;
  length = 0;
  while (p < end) {
    uint32_t cp;
    unsigned n = decodeWtf8(p, end, cp);
    if (!n)
      return false;
    widest = std::max(widest, cp);
    p += n;
    ++length;
  }
  width = widest < 0x100 ? 1 : widest < 0x10000 ? 2 : 4;
  return true;
}

class ImageWriter {
public:
  std::string write(const CodeUnit &root) {
    collect(root, 0);
    for (auto &[unit, parent] : codes_)
      collectStrings(*unit);
    ImageHeader header{};
    header.magic = kImageMagic;
    header.version = kImageVersion;
    header.opcodes = kOpcodeCount;
    header.codeCount = uint32_t(codes_.size());
    header.stringCount = uint32_t(strings_.size());
    out_.resize(sizeof header);
    header.codes = reserve(sizeof(CodeRecord) * codes_.size());
    header.strings = reserve(sizeof(StringRecord) * strings_.size());
    for (size_t i = 0; i < codes_.size(); ++i) {
      CodeRecord record = writeCode(*codes_[i].first, codes_[i].second);
      put(header.codes + uint32_t(i * sizeof record), record);
    }
    for (size_t i = 0; i < strings_.size(); ++i)
      put(header.strings + uint32_t(i * sizeof(StringRecord)),
          writeString(*strings_[i].text, strings_[i].interned));
    align();
    header.size = uint32_t(out_.size());
    put(0, header);
    return std::move(out_);
  }

private:
  struct Text {
    const std::string *text;
    bool interned;
  };

  // ---- Numbering ----

  void collect(const CodeUnit &unit, uint32_t parent) {
    uint32_t number = uint32_t(codes_.size());
    codes_.emplace_back(&unit, parent);
    codeNumbers_.emplace(&unit, number);
    for (const Constant &constant : unit.consts)
      if (constant.kind == ConstKind::Code)
        collect(*constant.code, number);
  }

  void addString(const std::string &text, bool interned) {
    auto [it, added] = stringNumbers_.try_emplace(text, uint32_t(strings_.size()));
    if (added)
      strings_.push_back({&it->first, interned});
    else
      strings_[it->second].interned |= interned;
  }

  void collectConst(const Constant &constant) {
    if (constant.kind == ConstKind::Str)
      addString(constant.text, constant.interned);
    for (const Constant &item : constant.items)
      collectConst(item);
  }

  void collectStrings(const CodeUnit &unit) {
    addString(unit.name, true);
    addString(unit.qualname, true);
    addString(unit.filename, true);
    for (auto *list : {&unit.names, &unit.varnames, &unit.cellvars, &unit.freevars})
      for (const std::string &name : *list)
        addString(name, true);
    for (const Constant &constant : unit.consts)
      collectConst(constant);
  }

  // ---- Writing ----

  void align(size_t to = 8) { out_.resize((out_.size() + to - 1) / to * to); }
  uint32_t reserve(size_t size, size_t alignment = 8) {
    align(alignment);
    uint32_t at = uint32_t(out_.size());
    out_.resize(at + size);
    return at;
  }
  template <typename T> void put(uint32_t at, const T &value) { memcpy(&out_[at], &value, sizeof value); }
  uint32_t append(const void *bytes, size_t size, size_t alignment) {
    uint32_t at = reserve(size, alignment);
    if (size)
      memcpy(&out_[at], bytes, size);
    return at;
  }
  template <typename T> ImageArray appendArray(const std::vector<T> &list) {
    return {append(list.data(), list.size() * sizeof(T), alignof(T)), uint32_t(list.size())};
  }

  ImageArray writeNames(const std::vector<std::string> &names) {
    std::vector<uint32_t> numbers;
    numbers.reserve(names.size());
    for (const std::string &name : names)
      numbers.push_back(stringNumbers_.find(name)->second);
    return appendArray(numbers);
  }

  uint32_t writeItems(const std::vector<Constant> &items, uint32_t at) {
    for (const Constant &item : items) {
      put(at, writeConst(item));
      at += sizeof(ConstRecord);
    }
    return at;
  }

  ConstRecord writeConst(const Constant &constant) {
    ConstRecord record{constant.kind, 0};
    switch (constant.kind) {
    case ConstKind::Int:
      record.payload = append(&constant.integer, 8, 8);
      break;
    case ConstKind::BigInt: {
      BigIntRecord big{constant.negative, uint32_t(constant.limbs.size())};
      record.payload = append(&big, sizeof big, 8);
      append(constant.limbs.data(), constant.limbs.size() * 8, 8);
      break;
    }
    case ConstKind::Float:
      record.payload = append(&constant.real, 8, 8);
      break;
    case ConstKind::Complex:
      record.payload = append(&constant.real, 8, 8);
      append(&constant.imag, 8, 8);
      break;
    case ConstKind::Str:
      record.payload = stringNumbers_.find(constant.text)->second;
      break;
    case ConstKind::Bytes: {
      BytesRecord bytes{constant.text.size()};
      record.payload = append(&bytes, sizeof bytes, 8);
      append(constant.text.c_str(), constant.text.size() + 1, 1);
      break;
    }
    case ConstKind::Tuple:
    case ConstKind::FrozenSet: {
      TupleRecord tuple{uint32_t(constant.items.size()), 0};
      record.payload = reserve(sizeof tuple + constant.items.size() * sizeof(ConstRecord));
      put(record.payload, tuple);
      writeItems(constant.items, record.payload + uint32_t(sizeof tuple));
      break;
    }
    case ConstKind::Code:
      record.payload = codeNumbers_.find(constant.code.get())->second;
      break;
    default:
      break;
    }
    return record;
  }

  CodeRecord writeCode(const CodeUnit &unit, uint32_t parent) {
    CodeRecord record{};
    record.hash = unit.hash;
    record.argcount = unit.argcount;
    record.posonlyargcount = unit.posonlyargcount;
    record.kwonlyargcount = unit.kwonlyargcount;
    record.flags = unit.flags;
    record.firstLine = unit.firstLine;
    record.nregs = unit.nregs;
    record.nsites = unit.nsites;
    record.name = stringNumbers_.find(unit.name)->second;
    record.qualname = stringNumbers_.find(unit.qualname)->second;
    record.filename = stringNumbers_.find(unit.filename)->second;
    record.parent = parent;
    record.units = appendArray(unit.units);
    record.consts = {reserve(unit.consts.size() * sizeof(ConstRecord)), uint32_t(unit.consts.size())};
    writeItems(unit.consts, record.consts.at);
    record.names = writeNames(unit.names);
    record.varnames = writeNames(unit.varnames);
    record.cellvars = writeNames(unit.cellvars);
    record.freevars = writeNames(unit.freevars);
    record.cellRegs = appendArray(unit.cellRegs);
    record.handlers = appendArray(unit.handlers);
    record.positions = {append(unit.positions.data(), unit.positions.size(), 1),
                        uint32_t(unit.positions.size())};
    return record;
  }

  StringRecord writeString(const std::string &text, bool interned) {
    StringRecord record{};
    uint32_t width = 1;
    measure(text, record.length, width);
    record.text = append(text.c_str(), text.size() + 1, 1);
    record.byteLength = uint32_t(text.size());
    record.width = width;
    record.flags =
        (interned ? kStringInterned : 0u) | (record.length == record.byteLength ? kStringAscii : 0u);
    return record;
  }

  std::string out_;
  std::vector<std::pair<const CodeUnit *, uint32_t>> codes_;
  std::unordered_map<const CodeUnit *, uint32_t> codeNumbers_;
  std::unordered_map<std::string, uint32_t> stringNumbers_;
  std::vector<Text> strings_;
};

class ImageChecker {
public:
  ImageChecker(const void *bytes, size_t size)
      : image_(bytes), base_(static_cast<const char *>(bytes)), size_(size) {}

  std::string check() {
    if (reinterpret_cast<uintptr_t>(base_) % 8)
      return "image is not 8-aligned in memory";
    if (size_ < sizeof(ImageHeader))
      return "image is shorter than its header";
    const ImageHeader &h = image_.header();
    if (h.magic != kImageMagic)
      return "not a code image";
    if (h.version != kImageVersion || h.opcodes != kOpcodeCount)
      return "code image of another version";
    if (h.size != size_)
      return "code image is truncated";
    if (!h.codeCount || !inBounds(h.codes, h.codeCount, sizeof(CodeRecord), 8) ||
        !inBounds(h.strings, h.stringCount, sizeof(StringRecord), 4))
      return "record tables are out of bounds";
    for (uint32_t i = 0; i < h.stringCount && !error_; ++i)
      checkString(image_.string(i));
    for (uint32_t i = 0; i < h.codeCount && !error_; ++i)
      checkCode(image_.code(i), i);
    return error_ ? error_ : "";
  }

private:
  void fail(const char *what) {
    if (!error_)
      error_ = what;
  }
  bool require(bool ok, const char *what) {
    if (!ok)
      fail(what);
    return ok;
  }
  bool inBounds(uint64_t at, uint64_t count, uint64_t each, uint64_t alignment) const {
    return at % alignment == 0 && at <= size_ && count <= (size_ - at) / each;
  }

  void checkString(const StringRecord &s) {
    if (!require(inBounds(s.text, uint64_t(s.byteLength) + 1, 1, 1), "string out of bounds"))
      return;
    const char *text = image_.text(s);
    uint32_t length, width;
    require(text[s.byteLength] == 0 && measure({text, s.byteLength}, length, width) && length == s.length &&
                width == s.width && !!(s.flags & kStringAscii) == (length == s.byteLength),
            "malformed string");
  }

  void checkConst(const ConstRecord &c, uint32_t codeNumber, unsigned depth) {
    switch (c.kind) {
    case ConstKind::None:
    case ConstKind::True:
    case ConstKind::False:
    case ConstKind::Ellipsis:
      return;
    case ConstKind::Int:
    case ConstKind::Float:
      require(inBounds(c.payload, 1, 8, 8), "number out of bounds");
      return;
    case ConstKind::Complex:
      require(inBounds(c.payload, 1, 16, 8), "number out of bounds");
      return;
    case ConstKind::BigInt: {
      if (!require(inBounds(c.payload, 1, sizeof(BigIntRecord), 8), "integer out of bounds"))
        return;
      auto *big = image_.at<BigIntRecord>(c.payload);
      if (require(big->limbCount && inBounds(c.payload + sizeof *big, big->limbCount, 8, 8),
                  "integer out of bounds"))
        require(big->negative <= 1 && big->limbs()[big->limbCount - 1], "malformed integer");
      return;
    }
    case ConstKind::Str:
      require(c.payload < image_.stringCount(), "string number out of range");
      return;
    case ConstKind::Bytes: {
      if (!require(inBounds(c.payload, 1, sizeof(BytesRecord), 8), "bytes out of bounds"))
        return;
      auto *bytes = image_.at<BytesRecord>(c.payload);
      require(bytes->size < size_ && inBounds(c.payload + sizeof *bytes, bytes->size + 1, 1, 1),
              "bytes out of bounds");
      return;
    }
    case ConstKind::Tuple:
    case ConstKind::FrozenSet: {
      // Items lie behind their tuple, so that a damaged image cannot nest for ever; the budget bounds
      // sharing.
      if (!require(depth < 1000 && budget_-- > 0, "constants nest too deeply") ||
          !require(inBounds(c.payload, 1, sizeof(TupleRecord), 8), "tuple out of bounds"))
        return;
      auto *tuple = image_.at<TupleRecord>(c.payload);
      if (require(inBounds(c.payload + sizeof *tuple, tuple->count, sizeof(ConstRecord), 8),
                  "tuple out of bounds"))
        for (uint32_t i = 0; i < tuple->count && !error_; ++i)
          checkConst(tuple->items()[i], codeNumber, depth + 1);
      return;
    }
    case ConstKind::Code:
      require(c.payload > codeNumber && c.payload < image_.codeCount(), "code number out of range");
      return;
    }
    fail("unknown kind of constant");
  }

  void checkNames(const ImageArray &a) {
    if (require(inBounds(a.at, a.count, 4, 4), "names out of bounds"))
      for (uint32_t i = 0; i < a.count; ++i)
        require(image_.array<uint32_t>(a)[i] < image_.stringCount(), "name out of range");
  }

  void checkCode(const CodeRecord &c, uint32_t number) {
    uint32_t strings = image_.stringCount();
    require(c.name < strings && c.qualname < strings && c.filename < strings, "name out of range");
    require(number == 0 ? c.parent == 0 : c.parent < number, "parent out of range");
    for (auto *names : {&c.names, &c.varnames, &c.cellvars, &c.freevars})
      checkNames(*names);
    require(c.cellRegs.count == c.cellvars.count && inBounds(c.cellRegs.at, c.cellRegs.count, 2, 2),
            "cell registers out of bounds");
    require(c.nregs < kNoReg && c.varnames.count <= c.nregs, "registers out of range");
    uint64_t parameters =
        uint64_t(c.argcount) + c.kwonlyargcount + !!(c.flags & kCodeVarArgs) + !!(c.flags & kCodeVarKeywords);
    require(parameters <= c.varnames.count && c.posonlyargcount <= c.argcount, "parameters out of range");
    require(inBounds(c.positions.at, c.positions.count, 1, 1), "positions out of bounds");
    if (!require(inBounds(c.consts.at, c.consts.count, sizeof(ConstRecord), 4), "constants out of bounds"))
      return;
    for (uint32_t i = 0; i < c.consts.count && !error_; ++i)
      checkConst(image_.array<ConstRecord>(c.consts)[i], number, 0);
    if (!error_)
      checkVariables(c);
    if (!error_)
      checkUnits(c);
  }

  /// Variables have registers: locals, then cells of their own, then free variables.
  void checkVariables(const CodeRecord &c) {
    uint64_t variables = c.varnames.count;
    for (uint32_t i = 0; i < c.cellRegs.count; ++i)
      variables = std::max<uint64_t>(variables, image_.array<uint16_t>(c.cellRegs)[i] + 1u);
    require(variables + c.freevars.count <= c.nregs, "registers of variables out of range");
  }

  void checkUnits(const CodeRecord &c) {
    if (!require(c.units.count && inBounds(c.units.at, c.units.count, 2, 2), "instructions out of bounds") ||
        !require(inBounds(c.handlers.at, c.handlers.count, sizeof(ExceptionRange), 4),
                 "handlers out of bounds"))
      return;
    auto *units = image_.array<CodeWord>(c.units);
    std::vector<bool> starts(c.units.count + 1);
    std::vector<uint32_t> targets;
    uint32_t sites = 0, at = 0;
    bool closed = false;
    while (at < c.units.count) {
      if (!require(units[at] < kOpcodeCount, "unknown opcode"))
        return;
      const OpcodeInfo &info = opcodeInfo(Opcode(units[at]));
      if (!require(info.length <= c.units.count - at, "truncated instruction"))
        return;
      DecodedInst inst = decodeInst(units, at);
      starts[at] = true;
      closed = info.endsBlock;
      RegisterRun run = registerRun(inst.op, inst.operands);
      require(!run.count || uint64_t(run.first) + run.count <= c.nregs, "register out of range");
      for (unsigned i = 0; i < info.operandCount; ++i)
        checkOperand(c, info.operands[i], inst.operands[i], sites, targets);
      if (error_)
        return;
      at += info.length;
    }
    require(closed, "code runs off its end");
    require(sites == c.nsites, "site numbers out of order");
    auto *ranges = image_.array<ExceptionRange>(c.handlers);
    for (uint32_t i = 0; i < c.handlers.count; ++i) {
      require(ranges[i].start < ranges[i].end && ranges[i].end <= c.units.count && ranges[i].reg < c.nregs,
              "handler out of range");
      targets.push_back(ranges[i].handler);
    }
    for (uint32_t target : targets)
      if (!require(target < c.units.count && starts[target], "jump into the middle of an instruction"))
        return;
  }

  void checkOperand(const CodeRecord &c, char kind, uint32_t value, uint32_t &sites,
                    std::vector<uint32_t> &targets) {
    switch (kind) {
    case 'o':
      require(value < c.nregs || value == kNoReg, "register out of range");
      break;
    case 'w':
    case 'r':
    case 'x':
      require(value < c.nregs, "register out of range");
      break;
    case 'k':
      require(value < c.consts.count, "constant out of range");
      break;
    case 'n':
      require(value < c.names.count, "name out of range");
      break;
    case 's':
      require(value == sites++, "site numbers out of order");
      break;
    case 'j':
      targets.push_back(value);
      break;
    }
  }

  CodeImage image_;
  const char *base_;
  size_t size_;
  int64_t budget_ = 1 << 20;
  const char *error_ = nullptr;
};

class ImageReader {
public:
  explicit ImageReader(const void *bytes) : image_(bytes), codes_(image_.codeCount()) {}

  std::shared_ptr<CodeUnit> read() {
    for (uint32_t i = image_.codeCount(); i-- > 0;) // children have greater numbers
      codes_[i] = readCode(image_.code(i));
    return codes_[0];
  }

private:
  std::string text(uint32_t number) const {
    const StringRecord &s = image_.string(number);
    return {image_.text(s), s.byteLength};
  }
  std::vector<std::string> names(const ImageArray &a) const {
    std::vector<std::string> list;
    list.reserve(a.count);
    for (uint32_t i = 0; i < a.count; ++i)
      list.push_back(text(image_.array<uint32_t>(a)[i]));
    return list;
  }
  template <typename T> std::vector<T> list(const ImageArray &a) const {
    return {image_.array<T>(a), image_.array<T>(a) + a.count};
  }

  Constant readConst(const ConstRecord &record) const {
    Constant c = Constant::ofKind(record.kind);
    switch (record.kind) {
    case ConstKind::Int:
      c.integer = *image_.at<int64_t>(record.payload);
      break;
    case ConstKind::BigInt: {
      auto *big = image_.at<BigIntRecord>(record.payload);
      c.negative = big->negative;
      c.limbs.assign(big->limbs(), big->limbs() + big->limbCount);
      break;
    }
    case ConstKind::Complex:
      c.imag = image_.at<double>(record.payload)[1];
      [[fallthrough]];
    case ConstKind::Float:
      c.real = *image_.at<double>(record.payload);
      break;
    case ConstKind::Str:
      c.text = text(record.payload);
      c.interned = image_.string(record.payload).flags & kStringInterned;
      break;
    case ConstKind::Bytes: {
      auto *bytes = image_.at<BytesRecord>(record.payload);
      c.text.assign(bytes->data(), bytes->size);
      break;
    }
    case ConstKind::Tuple:
    case ConstKind::FrozenSet: {
      auto *tuple = image_.at<TupleRecord>(record.payload);
      for (uint32_t i = 0; i < tuple->count; ++i)
        c.items.push_back(readConst(tuple->items()[i]));
      break;
    }
    case ConstKind::Code:
      c.code = codes_[record.payload];
      break;
    default:
      break;
    }
    return c;
  }

  std::shared_ptr<CodeUnit> readCode(const CodeRecord &record) const {
    auto unit = std::make_shared<CodeUnit>();
    unit->units = list<CodeWord>(record.units);
    for (uint32_t i = 0; i < record.consts.count; ++i)
      unit->consts.push_back(readConst(image_.array<ConstRecord>(record.consts)[i]));
    unit->names = names(record.names);
    unit->varnames = names(record.varnames);
    unit->cellvars = names(record.cellvars);
    unit->freevars = names(record.freevars);
    unit->cellRegs = list<uint16_t>(record.cellRegs);
    unit->handlers = list<ExceptionRange>(record.handlers);
    unit->positions.assign(image_.array<char>(record.positions), record.positions.count);
    unit->name = text(record.name);
    unit->qualname = text(record.qualname);
    unit->filename = text(record.filename);
    unit->argcount = record.argcount;
    unit->posonlyargcount = record.posonlyargcount;
    unit->kwonlyargcount = record.kwonlyargcount;
    unit->flags = record.flags;
    unit->firstLine = record.firstLine;
    unit->nregs = record.nregs;
    unit->nsites = record.nsites;
    unit->hash = record.hash;
    return unit;
  }

  CodeImage image_;
  std::vector<std::shared_ptr<CodeUnit>> codes_;
};

} // namespace

std::string serializeCode(const CodeUnit &root) { return ImageWriter().write(root); }

std::string validateCodeImage(const void *bytes, size_t size) { return ImageChecker(bytes, size).check(); }

std::shared_ptr<CodeUnit> deserializeCode(std::string_view bytes, std::string &error) {
  std::vector<uint64_t> aligned((bytes.size() + 7) / 8);
  if (!bytes.empty())
    memcpy(aligned.data(), bytes.data(), bytes.size());
  error = validateCodeImage(aligned.data(), bytes.size());
  return error.empty() ? ImageReader(aligned.data()).read() : nullptr;
}

} // namespace krait
