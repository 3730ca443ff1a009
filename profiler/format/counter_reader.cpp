// Reading of counter files. Nothing in the bytes is trusted: sizes, ids and opcodes are checked where they
// are used.
#include "profiler/format/counter_reader.h"

#include "profiler/format/counter_file.h"

#include <cstring>
#include <vector>

namespace krait {

namespace {

template <typename Type> Type load(std::string_view bytes, size_t offset) {
  Type value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

CounterRecordKind kindOf(std::string_view record) {
  return static_cast<CounterRecordKind>(load<RecordHead>(record, 0).kind);
}

/// The fields of NameRecord before its text.
struct StringHead {
  RecordHead head;
  uint32_t length;
};

/// The fields of CodeBlock before its counters.
struct BlockHead {
  RecordHead head;
  uint32_t module, qualname;
  uint64_t hash;
  uint32_t ordinal, siteCount, parameterCount, firstFact;
  uint64_t entries;
};
static_assert(offsetof(BlockHead, entries) == offsetof(CodeBlock, entries));

class CounterReader {
public:
  CounterReader(std::string_view bytes, Profile &profile, ProfileError &error)
      : bytes_(bytes), profile_(profile), error_(error) {}

  bool read();

private:
  bool head();
  bool records(bool (CounterReader::*read)(std::string_view));
  bool nameRecord(std::string_view bytes);
  bool codeOrFactRecord(std::string_view bytes);
  bool stringRecord(std::string_view bytes);
  bool symbolRecord(std::string_view bytes);
  bool codeRecord(std::string_view bytes);
  bool factRecord(std::string_view bytes);
  bool facts(std::string_view bytes, Facts &facts);
  bool key(uint64_t packed, KindCounts::Key &key);
  const std::string *stringOf(uint32_t id) const;
  const ProfileSymbol *symbolOf(uint32_t id) const;
  bool fail(std::string message);

  /// Where the facts of a block go, by index of its SiteRecord.
  struct BlockPlace {
    ModuleProfile *module;
    std::vector<Facts *> records;
  };

  std::string_view bytes_;
  Profile &profile_;
  ProfileError &error_;
  size_t offset_ = 0; // of the record being read
  std::vector<std::string> strings_;
  std::vector<ProfileSymbol> symbols_;
  std::map<size_t, BlockPlace> blocks_; // by offset in units of 64 bytes
};

bool CounterReader::fail(std::string message) {
  if (error_.message.empty())
    error_ = {0, offset_, "damaged counter file at byte " + std::to_string(offset_) + ": " + message};
  return false;
}

bool CounterReader::head() {
  if (!isCounterFile(bytes_) || bytes_.size() < sizeof(CounterFileHead))
    return fail("not a counter file");
  auto head = load<CounterFileHead>(bytes_, 0);
  if (head.version != kProfileFormatVersion || head.abi != kProfileAbi) {
    error_ = {0, 0,
              "the counter file was written by another version of Krait; only that version can read it"};
    return false;
  }
  return head.headSize == sizeof(CounterFileHead) || fail("wrong size of the head");
}

bool CounterReader::read() {
  if (!head())
    return false;
  for (uint32_t id = 1; id < static_cast<uint32_t>(BuiltinKind::End); ++id)
    symbols_.push_back(ProfileSymbol{ProfileSymbol::Kind::Type, "", kBuiltinKindNames[id]});
  // Counters refer to symbols that were interned after their block was made.
  return records(&CounterReader::nameRecord) && records(&CounterReader::codeOrFactRecord);
}

bool CounterReader::records(bool (CounterReader::*read)(std::string_view)) {
  for (offset_ = sizeof(CounterFileHead); offset_ + sizeof(RecordHead) <= bytes_.size();) {
    size_t size = load<RecordHead>(bytes_, offset_).size;
    // The unused tail, or a record cut off by it.
    if (size == 0 || size > bytes_.size() - offset_)
      return true;
    if (size % 64 != 0)
      return fail("record of size " + std::to_string(size));
    if (!(this->*read)(bytes_.substr(offset_, size)))
      return fail("unreadable record");
    offset_ += size;
  }
  return true;
}

bool CounterReader::nameRecord(std::string_view bytes) {
  switch (kindOf(bytes)) {
  case CounterRecordKind::String:
    return stringRecord(bytes);
  case CounterRecordKind::Symbol:
    return symbolRecord(bytes);
  default:
    return true;
  }
}

bool CounterReader::codeOrFactRecord(std::string_view bytes) {
  switch (kindOf(bytes)) {
  case CounterRecordKind::Code:
    return codeRecord(bytes);
  case CounterRecordKind::Fact:
    return factRecord(bytes);
  case CounterRecordKind::Torn:
  case CounterRecordKind::String:
  case CounterRecordKind::Symbol:
    return true;
  }
  return fail("unknown kind of record");
}

bool CounterReader::stringRecord(std::string_view bytes) {
  size_t length = load<StringHead>(bytes, 0).length;
  if (length > bytes.size() - sizeof(StringHead))
    return fail("string longer than its record");
  strings_.emplace_back(bytes.substr(sizeof(StringHead), length));
  return true;
}

bool CounterReader::symbolRecord(std::string_view bytes) {
  if (!stringRecord(bytes))
    return false;
  if (!parseSymbol(strings_.back(), symbols_.emplace_back()))
    return fail("malformed symbol");
  strings_.pop_back();
  return true;
}

const std::string *CounterReader::stringOf(uint32_t id) const {
  return id >= 1 && id <= strings_.size() ? &strings_[id - 1] : nullptr;
}

const ProfileSymbol *CounterReader::symbolOf(uint32_t id) const {
  return id >= 1 && id <= symbols_.size() ? &symbols_[id - 1] : nullptr;
}

bool CounterReader::codeRecord(std::string_view bytes) {
  auto block = load<BlockHead>(bytes, 0);
  uint64_t count = uint64_t(block.siteCount) + block.parameterCount + 1;
  const std::string *module = stringOf(block.module), *qualname = stringOf(block.qualname);
  if (count > (bytes.size() - sizeof(CodeBlock)) / sizeof(SiteRecord) || !module || module->empty() ||
      !qualname)
    return fail("code block with wrong counts or names");
  BlockPlace &place = blocks_[offset_ / 64];
  place.module = &profile_.modules[*module];
  FunctionProfile &function = place.module->functions[{*qualname, block.ordinal, block.hash}];
  function.entries = addSaturating(function.entries, block.entries);
  for (uint32_t i = 0; i < count; ++i) {
    std::string_view record = bytes.substr(sizeof(CodeBlock) + i * sizeof(SiteRecord), sizeof(SiteRecord));
    unsigned opcode = load<SiteRecord>(record, 0).tag & ((1u << SiteRecord::kOpcodeBits) - 1);
    if (opcode >= kOpcodeCount)
      return fail("unknown opcode");
    Facts &into = i < block.siteCount ? function.sites[{i, kOpcodeInfo[opcode].name}]
                  : i + 1 < count     ? function.arguments[i - block.siteCount]
                                      : function.result;
    if (!facts(record, into))
      return false;
    place.records.push_back(&into);
  }
  return true;
}

// A code object made twice (a module executed again) has two blocks, which add up.
bool CounterReader::facts(std::string_view bytes, Facts &facts) {
  auto record = load<SiteRecord>(bytes, 0);
  Facts seen;
  for (unsigned i = 0; i < SiteRecord::kKeys && record.keys[i] != 0; ++i) {
    KindCounts::Key key;
    if (!this->key(record.keys[i], key))
      return fail("unknown symbol");
    seen.types.add(key, record.value(i));
    seen.count += record.value(i);
  }
  uint64_t other = record.value(SiteRecord::kOther);
  seen.count += other;
  seen.types.many = other != 0 && record.keys[SiteRecord::kKeys - 1] != 0;
  seen.taken = record.value(SiteRecord::kTaken);
  seen.overflow = record.tag & SiteRecord::kOverflowFlag;
  mergeFacts(facts, seen);
  return true;
}

bool CounterReader::key(uint64_t packed, KindCounts::Key &key) {
  const ProfileSymbol *first = symbolOf(static_cast<uint32_t>(packed));
  if (!first)
    return false;
  key.push_back(*first);
  if (uint32_t id = static_cast<uint32_t>(packed >> 32)) {
    const ProfileSymbol *second = symbolOf(id);
    if (!second)
      return false;
    key.push_back(*second);
  }
  return true;
}

bool CounterReader::factRecord(std::string_view bytes) {
  auto record = load<FactRecord>(bytes, 0);
  auto place = blocks_.find(record.block);
  if (place == blocks_.end() || record.site >= place->second.records.size())
    return fail("fact of an unknown site");
  auto kind = static_cast<FactKind>(record.fact);
  if (kind == FactKind::Import || kind == FactKind::Open) {
    const std::string *name = stringOf(record.symbol);
    if (!name)
      return fail("fact of an unknown name");
    ModuleProfile *module = place->second.module;
    uint64_t &count = (kind == FactKind::Import ? module->imports : module->opens)[*name];
    count = addSaturating(count, record.count);
    return true;
  }
  const ProfileSymbol *symbol = symbolOf(record.symbol);
  if (!symbol || (kind != FactKind::Raised && kind != FactKind::FinalShape))
    return fail("fact of an unknown kind");
  Facts *facts = place->second.records[record.site];
  (kind == FactKind::Raised ? facts->raises : facts->finals).add({*symbol}, record.count);
  return true;
}

/// What never happened says nothing: it is not written.
void dropUnused(Profile &profile) {
  for (auto &[name, module] : profile.modules) {
    std::erase_if(module.functions, [](auto &entry) { return entry.second == FunctionProfile(); });
    for (auto &[key, function] : module.functions) {
      std::erase_if(function.sites, [](auto &entry) { return entry.second == Facts(); });
      std::erase_if(function.arguments, [](auto &entry) { return entry.second == Facts(); });
    }
  }
}

} // namespace

bool isCounterFile(std::string_view bytes) {
  return bytes.starts_with(std::string_view(kCounterFileMagic, sizeof kCounterFileMagic));
}

bool readCounterFile(std::string_view bytes, Profile &profile, ProfileError &error) {
  profile = Profile();
  error = ProfileError();
  if (!CounterReader(bytes, profile, error).read()) {
    profile = Profile();
    return false;
  }
  dropUnused(profile);
  return true;
}

} // namespace krait
