// Any table of transitions and any TZ string make a zone whose every answer is one of its types. The bytes:
// counts of types and transitions, these, and the TZ string, as zoneinfo._common.load_data() hands them over
// from a TZif file.
#include "stdlib/native/_zoneinfo_rules.h"

#include "compiler/support/check.h"

#include <cstring>
#include <string_view>
#include <vector>

using namespace krait;
using namespace krait::zones;

namespace {

class Bytes {
public:
  Bytes(const uint8_t *data, size_t size) : rest_(reinterpret_cast<const char *>(data), size) {}
  /// The next number, or 0 at the end.
  template <typename T> T take() {
    T value{};
    size_t n = std::min(sizeof value, rest_.size());
    std::memcpy(&value, rest_.data(), n);
    rest_.remove_prefix(n);
    return value;
  }
  std::string_view rest() const { return rest_; }

private:
  std::string_view rest_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Bytes bytes(data, size);
  size_t types = bytes.take<uint8_t>() % 8, transitions = types ? bytes.take<uint8_t>() : 0;
  std::vector<int32_t> offsets(types), shares(types);
  std::vector<uint8_t> isSummer(types);
  for (size_t i = 0; i < types; ++i) {
    offsets[i] = bytes.take<int32_t>();
    isSummer[i] = bytes.take<uint8_t>() & 1;
  }
  std::vector<int64_t> moments(transitions), walls[2] = {moments, moments};
  std::vector<uint32_t> typeAfter(transitions);
  for (size_t i = 0; i < transitions; ++i) {
    moments[i] = bytes.take<int64_t>(); // of a damaged file, not even ascending
    typeAfter[i] = bytes.take<uint8_t>() % static_cast<uint32_t>(types);
  }

  ZoneTable table;
  table.typeCount = types;
  table.offsets = offsets.data();
  table.summerShares = shares.data();
  table.isSummer = isSummer.data();
  table.count = transitions;
  table.moments = moments.data();
  table.typeAfter = typeAfter.data();
  table.wall[0] = walls[0].data();
  table.wall[1] = walls[1].data();
  int64_t asked[] = {bytes.take<int64_t>() % (int64_t{1} << 40), 0, -62135596800, 253402300799};
  table.hasTail = parseTzString(bytes.rest(), &table.tail) == TzStringFault::None;
  if (!types && !table.hasTail)
    return 0;
  table.prepare();

  uint32_t end = table.hasTail ? table.tailSummer() + 1 : table.tailStandard();
  for (int64_t seconds : asked)
    for (int year : {1, 1970, 2024, 9999}) {
      int fold = -1;
      KRAIT_CHECK(table.atMoment(seconds, year, &fold) < end);
      KRAIT_CHECK(fold == 0 || fold == 1);
      KRAIT_CHECK(table.atWall(seconds, year, 0) < end && table.atWall(seconds, year, 1) < end);
    }
  return 0;
}
