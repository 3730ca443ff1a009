// The counter file: what the recording interpreter writes while it runs.
//
// The file is mapped MAP_SHARED, so every store survives the process, however it ends. It is a head followed
// by records, 64-byte aligned and append-only; a record is published by the release store of its kind, so
// that a process killed at any instant leaves whole records and at most one torn one at the end. Counters
// inside of published records are updated in place, without locks: all writing happens under the interpreter
// lock.
//
// Use, from the recording policy:
//
//   CodeBlock *block = writer.addCode({module, qualname, ordinal, hash}, siteOpcodes, siteCount,
//   parameterCount); countEntry(block);                                            // at function entry
//   noteKinds(block->argument(0), idOf(value));                   // what came in
//   noteKinds(block->site(s), idOf(left), idOf(right));           // Add, GetItem, LoadAttr, Call, ...
//   noteBranch(block->site(s), taken);                            // JumpIf..., ForIter (taken: exhausted)
//   writer.noteException(block, s, idOfClass);                    // rare things: out of line
//
// Kinds are 32-bit ids: a BuiltinKind, or what CounterWriter::intern returned for a symbol (a class, a shape,
// a function ...; see symbol.h). The owner keeps the id in the shape, class or function so that it is asked
// for once. Pointers to blocks stay valid until close(); after it, or when the file cannot grow, they point
// to private memory.
#pragma once

#include "profiler/format/profile_abi.h"
#include "runtime/abi/opcodes.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace krait {

struct ProfileSymbol;

/// Everything recorded at one site, argument or return: one cache line.
/// Counters are 40 bits wide: a low word here and a high byte in [high]; value() puts them together.
struct alignas(64) SiteRecord {
  static constexpr unsigned kKeys = 4;
  static constexpr unsigned kOther = 4; // index of the counter of events that matched no key
  static constexpr unsigned kTaken = 5; // index of the counter of jumps taken
  static constexpr unsigned kCounters = 6;
  static constexpr unsigned kOpcodeBits = 10;
  static constexpr uint16_t kOverflowFlag = 1u << kOpcodeBits; // an int result did not fit 63 bits

  uint64_t
      keys[kKeys]; // first kind in the low word, second in the high word; 0: free. Filled from the front.
  uint32_t low[kCounters]; // hits of keys[0..3], other, taken
  uint8_t high[kCounters]; // bits 32 to 39 of the same
  uint16_t tag;            // opcode (0 for arguments and results) and flags

  uint64_t value(unsigned counter) const { return low[counter] | static_cast<uint64_t>(high[counter]) << 32; }
};
static_assert(sizeof(SiteRecord) == 64 && kOpcodeCount < (1u << SiteRecord::kOpcodeBits));

enum class CounterRecordKind : uint32_t {
  Torn = 0, // reserved, not published
  String,   // NameRecord: bytes of a name; its id is its position among the strings, from 1
  Symbol,   // NameRecord: the spelling of a symbol; its id is its position, from BuiltinKind::End
  Code,     // CodeBlock
  Fact,     // FactRecord
};

struct alignas(64) CounterFileHead {
  char magic[8]; // "KraitCF\n"
  uint32_t version;
  uint32_t headSize;
  uint64_t abi;
};
inline constexpr char kCounterFileMagic[8] = {'K', 'r', 'a', 'i', 't', 'C', 'F', '\n'};

struct RecordHead {
  uint32_t size; // whole record in bytes, a multiple of 64; 0 ends the file
  uint32_t kind; // CounterRecordKind
};

struct NameRecord {
  RecordHead head;
  uint32_t length;
  char text[];
};

/// The counters of one code object: sites, then arguments, then the result.
struct alignas(64) CodeBlock {
  RecordHead head;
  uint32_t module;   // string id
  uint32_t qualname; // string id
  uint64_t hash;     // structural hash of the code
  uint32_t ordinal;  // among code objects of this name in the module
  uint32_t siteCount;
  uint32_t parameterCount;
  uint32_t
      firstFact; // offset of the newest FactRecord in units of 64 bytes; 0: none. Only the writer follows it.
  uint64_t entries;
  SiteRecord records[];

  SiteRecord *site(uint32_t index) { return records + index; }
  SiteRecord *argument(uint32_t index) { return records + siteCount + index; }
  /// Also the place of exceptions raised where no site is: result() - records is its index.
  SiteRecord *result() { return records + siteCount + parameterCount; }
  uint32_t resultIndex() const { return siteCount + parameterCount; }
};
static_assert(sizeof(CodeBlock) == 64 && offsetof(CodeBlock, records) == 64);

/// Things too rare for a place in every SiteRecord.
enum class FactKind : uint32_t {
  Raised,     // an exception of class [symbol] left site [site]
  FinalShape, // an object made at site [site] ended with shape [symbol]
  Import,     // module [symbol] (a string id) was imported by the module of the block
  Open,       // file [symbol] (a string id) was opened by the module of the block
};

struct FactRecord {
  RecordHead head;
  uint32_t block; // offset of the CodeBlock in units of 64 bytes
  uint32_t site;  // index into CodeBlock::records
  uint32_t fact;  // FactKind
  uint32_t symbol;
  uint64_t count;
  uint32_t nextFact; // as CodeBlock::firstFact
};

// ---- Events -----------------------------------------------------------------------------------------

namespace detail {
[[gnu::cold, gnu::noinline]] void carryCounter(SiteRecord *record, unsigned counter);
[[gnu::cold, gnu::noinline]] void noteOtherKey(SiteRecord *record, uint64_t key);

inline void bump(SiteRecord *record, unsigned counter) {
  if (__builtin_expect(++record->low[counter] == 0, 0))
    carryCounter(record, counter);
}
} // namespace detail

/// One event whose operands are of kinds [first] (not 0) and [second] (0: there is none).
inline void noteKinds(SiteRecord *record, uint32_t first, uint32_t second = 0) {
  uint64_t key = first | static_cast<uint64_t>(second) << 32;
  if (__builtin_expect(record->keys[0] == key, 1))
    detail::bump(record, 0);
  else
    detail::noteOtherKey(record, key);
}

inline void noteKinds(SiteRecord *record, BuiltinKind first, BuiltinKind second = BuiltinKind::Nothing) {
  noteKinds(record, static_cast<uint32_t>(first), static_cast<uint32_t>(second));
}

/// One event without kinds (LoopBack).
inline void noteEvent(SiteRecord *record) { detail::bump(record, SiteRecord::kOther); }

/// The direction of a jump; the event itself is counted by noteKinds or noteEvent.
inline void noteBranch(SiteRecord *record, bool taken) {
  if (taken)
    detail::bump(record, SiteRecord::kTaken);
}

/// An int operation whose result did not fit an immediate.
inline void noteOverflow(SiteRecord *record) { record->tag |= SiteRecord::kOverflowFlag; }

inline void countEntry(CodeBlock *block) { ++block->entries; }

// ---- The file ---------------------------------------------------------------------------------------

/// Names a code object as profiles do.
struct CodeName {
  std::string_view module;
  std::string_view qualname;
  uint32_t ordinal; // 0 unless an earlier code object of the module has the same qualname
  uint64_t hash;
};

/// Creates and fills a counter file. One per process.
class CounterWriter {
public:
  CounterWriter();
  CounterWriter(const CounterWriter &) = delete;
  CounterWriter &operator=(const CounterWriter &) = delete;
  ~CounterWriter();

  /// Creates or truncates [path] and maps it. On failure says why and returns false; recording then goes to
  /// private memory and is lost, but all other members may still be called.
  bool open(const char *path, std::string *error);

  /// Cuts the file to its used size and lets go of it. The mapping stays (private), so that late events are
  /// harmless.
  void close();

  /// In the child of a fork: continues in private memory, so that the parent's counts stay the parent's.
  void detach();

  /// In the child of a fork: continues in a new counter file [path], which has the blocks of the parent
  /// without their counts. False: nothing more is recorded.
  bool continueIn(const char *path);

  /// True while stores reach the file; false after a failed open, a full disk, close or detach.
  bool isRecording() const { return recording_; }

  /// The block of a code object executed for the first time. [siteOpcodes] has the opcode of each site.
  CodeBlock *addCode(const CodeName &name, const uint16_t *siteOpcodes, uint32_t siteCount,
                     uint32_t parameterCount);

  /// The id of a class, shape, function, module ... The same symbol has the same id, that of BuiltinKinds.def
  /// if it is there.
  uint32_t intern(const ProfileSymbol &symbol);

  void noteException(CodeBlock *block, uint32_t site, uint32_t classKind) {
    noteFact(block, site, FactKind::Raised, classKind);
  }
  void noteFinalShape(CodeBlock *block, uint32_t site, uint32_t shapeKind) {
    noteFact(block, site, FactKind::FinalShape, shapeKind);
  }
  void noteImport(CodeBlock *importer, std::string_view module) {
    noteFact(importer, 0, FactKind::Import, internString(module));
  }
  void noteOpen(CodeBlock *opener, std::string_view file) {
    noteFact(opener, 0, FactKind::Open, internString(file));
  }

private:
  uint32_t internString(std::string_view text);
  void addString(CounterRecordKind kind, std::string_view text);
  void noteFact(CodeBlock *block, uint32_t site, FactKind fact, uint32_t symbol);
  char *reserve(size_t size);
  bool growTo(size_t end);
  void clearCounts();
  void publish(void *record, CounterRecordKind kind);
  uint32_t unitOf(const void *record) const;

  char *base_ = nullptr; // start of the reserved address range; the file is mapped at its front
  size_t range_ = 0;     // size of the address range
  size_t mapped_ = 0;    // bytes of it that are mapped
  size_t end_ = 0;       // offset behind the last record
  int file_ = -1;
  bool recording_ = false;
  uint32_t stringCount_ = 0;
  uint32_t symbolCount_ = static_cast<uint32_t>(BuiltinKind::End);
  std::unordered_map<std::string, uint32_t> strings_;
  std::unordered_map<std::string, uint32_t> symbols_;
};

} // namespace krait
