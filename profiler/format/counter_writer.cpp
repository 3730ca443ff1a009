// The writing side of the counter file: growing it, adding records, and the cold halves of the counting
// functions.
#include "profiler/format/counter_file.h"

#include "compiler/support/check.h"
#include "profiler/format/symbol.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace krait {

namespace {
constexpr size_t kUnit = 64;
constexpr size_t kGrowth = size_t(1) << 20;
constexpr size_t kAddressRange = size_t(1) << 36;
constexpr size_t kLeastAddressRange = size_t(1) << 26;

constexpr size_t roundUp(size_t size, size_t unit) { return (size + unit - 1) / unit * unit; }

std::string systemError(const char *what, const char *path, int code) {
  return std::string("cannot ") + what + " '" + path + "': " + std::strerror(code);
}

/// Address space only; the file is mapped over its front as it grows, so that no record ever moves. Of a
/// limited address space it takes a small part: the rest is the program's.
char *reserveAddresses(size_t &size) {
  size_t most = kAddressRange;
  if (rlimit limit; getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    most = std::clamp<size_t>(limit.rlim_cur / 16 / kGrowth * kGrowth, kLeastAddressRange, kAddressRange);
  for (size = most; size >= kLeastAddressRange; size /= 4) {
    void *range = mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (range != MAP_FAILED)
      return static_cast<char *>(range);
  }
  return nullptr;
}
} // namespace

// ---- Cold halves of the events ----------------------------------------------------------------------

// The low word has just wrapped to zero. A process killed between the two stores has lost 2^32 events of one
// site.
void detail::carryCounter(SiteRecord *record, unsigned counter) {
  if (record->high[counter] != 0xff)
    ++record->high[counter];
  else
    record->low[counter] = 0xffffffff;
}

void detail::noteOtherKey(SiteRecord *record, uint64_t key) {
  for (unsigned i = 0; i < SiteRecord::kKeys; ++i) {
    if (record->keys[i] == 0)
      record->keys[i] = key;
    if (record->keys[i] == key) {
      bump(record, i);
      return;
    }
  }
  bump(record, SiteRecord::kOther);
}

// ---- The file ---------------------------------------------------------------------------------------

CounterWriter::CounterWriter() {
  for (uint32_t id = 1; id < static_cast<uint32_t>(BuiltinKind::End); ++id)
    symbols_[kBuiltinKindNames[id]] = id;
}

CounterWriter::~CounterWriter() { close(); }

namespace {

/// A new file without a name in the folder of [path], to be given that name by linkInto once it has a head;
/// -1 where the file system has no such files.
int openUnnamed(const char *path) {
  std::string folder(path);
  size_t slash = folder.rfind('/');
  folder = slash == std::string::npos ? "." : slash == 0 ? "/" : folder.substr(0, slash);
  return ::open(folder.c_str(), O_RDWR | O_TMPFILE | O_CLOEXEC, 0666);
}

bool linkInto(int file, const char *path) {
  std::string self = "/proc/self/fd/" + std::to_string(file);
  if (unlink(path) != 0 && errno != ENOENT)
    return false;
  return linkat(AT_FDCWD, self.c_str(), AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0;
}

} // namespace

bool CounterWriter::open(const char *path, std::string *error) {
  KRAIT_CHECK(!base_, "a counter file is open already");
  // The name appears only when the head is there: whoever finds the file can read it.
  file_ = openUnnamed(path);
  bool named = file_ < 0;
  if (named)
    file_ = ::open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file_ < 0) {
    *error = systemError("write", path, errno);
    return false;
  }
  base_ = reserveAddresses(range_);
  recording_ = true;
  if (!base_ || !growTo(sizeof(CounterFileHead))) {
    *error = systemError("map", path, errno);
    recording_ = false;
    ::close(file_);
    file_ = -1;
    return false;
  }
  auto *head = reinterpret_cast<CounterFileHead *>(base_);
  head->version = kProfileFormatVersion;
  head->headSize = sizeof(CounterFileHead);
  head->abi = kProfileAbi;
  end_ = sizeof(CounterFileHead);
  // The magic makes it a counter file: last.
  std::atomic_thread_fence(std::memory_order_release);
  std::memcpy(head->magic, kCounterFileMagic, sizeof head->magic);
  if (named || linkInto(file_, path))
    return true;
  *error = systemError("write", path, errno);
  recording_ = false;
  ::close(file_);
  file_ = -1;
  return false;
}

void CounterWriter::detach() {
  if (file_ < 0)
    return;
  if (mmap(base_, mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, file_, 0) == MAP_FAILED)
    KRAIT_UNREACHABLE("cannot remap the counter file");
  recording_ = false;
  ::close(file_);
  file_ = -1;
}

bool CounterWriter::continueIn(const char *path) {
  if (!recording_) {
    detach();
    return false;
  }
  // The parent goes on writing to the old file: its records up to [end_] stand still, except for counts and
  // the links of facts.
  int old = file_;
  file_ = openUnnamed(path);
  bool named = file_ < 0;
  if (named)
    file_ = ::open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  size_t written = 0;
  bool ok = file_ >= 0 && posix_fallocate(file_, 0, static_cast<off_t>(mapped_)) == 0;
  while (ok && written < end_) {
    ssize_t n = pwrite(file_, base_ + written, end_ - written, static_cast<off_t>(written));
    ok = n > 0 || (n < 0 && errno == EINTR);
    written += n > 0 ? static_cast<size_t>(n) : 0;
  }
  ok = ok && mmap(base_, mapped_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file_, 0) != MAP_FAILED;
  if (!ok) {
    if (file_ >= 0)
      ::close(file_);
    if (named)
      unlink(path);
    file_ = old;
    detach();
    return false;
  }
  ::close(old);
  clearCounts();
  if (!named && !linkInto(file_, path))
    recording_ = false;
  return recording_;
}

void CounterWriter::clearCounts() {
  for (size_t at = sizeof(CounterFileHead); at < end_;
       at += reinterpret_cast<RecordHead *>(base_ + at)->size) {
    auto *head = reinterpret_cast<RecordHead *>(base_ + at);
    if (head->kind == static_cast<uint32_t>(CounterRecordKind::Fact))
      head->kind = static_cast<uint32_t>(CounterRecordKind::Torn);
    if (head->kind != static_cast<uint32_t>(CounterRecordKind::Code))
      continue;
    auto *block = reinterpret_cast<CodeBlock *>(head);
    block->firstFact = 0;
    block->entries = 0;
    for (uint32_t i = 0; i <= block->resultIndex(); ++i) {
      uint16_t opcode = block->records[i].tag & (SiteRecord::kOverflowFlag - 1);
      std::memset(&block->records[i], 0, sizeof(SiteRecord));
      block->records[i].tag = opcode;
    }
  }
}

void CounterWriter::close() {
  if (file_ < 0)
    return;
  int file = dup(file_);
  detach();
  if (file >= 0) {
    // A failure leaves zeros at the end, which readers skip.
    if (ftruncate(file, static_cast<off_t>(end_)) != 0)
      errno = 0;
    ::close(file);
  }
}

bool CounterWriter::growTo(size_t end) {
  if (end <= mapped_)
    return true;
  size_t size = roundUp(end + mapped_ / 2, kGrowth);
  if (size > range_)
    return false;
  // Allocated, not sparse: a full disk must show here and not as SIGBUS at some store.
  int code;
  do
    code = posix_fallocate(file_, static_cast<off_t>(mapped_), static_cast<off_t>(size - mapped_));
  while (code == EINTR);
  if (code != 0) {
    errno = code;
    return false;
  }
  void *added = mmap(base_ + mapped_, size - mapped_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file_,
                     static_cast<off_t>(mapped_));
  if (added == MAP_FAILED)
    return false;
  mapped_ = size;
  return true;
}

char *CounterWriter::reserve(size_t size) {
  size = roundUp(size, kUnit);
  if (recording_ && !growTo(end_ + size))
    recording_ = false;
  if (!recording_) {
    char *memory = static_cast<char *>(std::aligned_alloc(kUnit, size));
    KRAIT_CHECK(memory, "out of memory");
    std::memset(memory, 0, size);
    return memory;
  }
  char *record = base_ + end_;
  reinterpret_cast<RecordHead *>(record)->size = static_cast<uint32_t>(size);
  end_ += size;
  return record;
}

void CounterWriter::publish(void *record, CounterRecordKind kind) {
  __atomic_store_n(&static_cast<RecordHead *>(record)->kind, static_cast<uint32_t>(kind), __ATOMIC_RELEASE);
}

uint32_t CounterWriter::unitOf(const void *record) const {
  return static_cast<uint32_t>((static_cast<const char *>(record) - base_) / kUnit);
}

void CounterWriter::addString(CounterRecordKind kind, std::string_view text) {
  if (!recording_)
    return;
  auto *record = reinterpret_cast<NameRecord *>(reserve(sizeof(NameRecord) + text.size()));
  record->length = static_cast<uint32_t>(text.size());
  std::memcpy(record->text, text.data(), text.size());
  publish(record, kind);
}

uint32_t CounterWriter::internString(std::string_view text) {
  auto [place, isNew] = strings_.try_emplace(std::string(text), stringCount_ + 1);
  if (isNew) {
    ++stringCount_;
    addString(CounterRecordKind::String, text);
  }
  return place->second;
}

uint32_t CounterWriter::intern(const ProfileSymbol &symbol) {
  auto [place, isNew] = symbols_.try_emplace(spellSymbol(symbol), symbolCount_);
  if (isNew) {
    ++symbolCount_;
    addString(CounterRecordKind::Symbol, place->first);
  }
  return place->second;
}

CodeBlock *CounterWriter::addCode(const CodeName &name, const uint16_t *siteOpcodes, uint32_t siteCount,
                                  uint32_t parameterCount) {
  uint32_t module = internString(name.module);
  uint32_t qualname = internString(name.qualname);
  size_t recordCount = size_t(siteCount) + parameterCount + 1;
  auto *block = reinterpret_cast<CodeBlock *>(reserve(sizeof(CodeBlock) + recordCount * sizeof(SiteRecord)));
  block->module = module;
  block->qualname = qualname;
  block->hash = name.hash;
  block->ordinal = name.ordinal;
  block->siteCount = siteCount;
  block->parameterCount = parameterCount;
  for (uint32_t i = 0; i < siteCount; ++i)
    block->site(i)->tag = siteOpcodes[i];
  publish(block, CounterRecordKind::Code);
  return block;
}

void CounterWriter::noteFact(CodeBlock *block, uint32_t site, FactKind fact, uint32_t symbol) {
  // A block made while nothing was recorded lies outside of the file and has no offset.
  char *place = reinterpret_cast<char *>(block);
  if (!recording_ || place < base_ || place >= base_ + end_)
    return;
  for (uint32_t unit = block->firstFact; unit;) {
    auto *known = reinterpret_cast<FactRecord *>(base_ + unit * kUnit);
    if (known->site == site && known->symbol == symbol && known->fact == static_cast<uint32_t>(fact)) {
      ++known->count;
      return;
    }
    unit = known->nextFact;
  }
  auto *record = reinterpret_cast<FactRecord *>(reserve(sizeof(FactRecord)));
  record->block = unitOf(block);
  record->site = site;
  record->fact = static_cast<uint32_t>(fact);
  record->symbol = symbol;
  record->count = 1;
  record->nextFact = block->firstFact;
  publish(record, CounterRecordKind::Fact);
  if (recording_)
    block->firstFact = unitOf(record);
}

} // namespace krait
