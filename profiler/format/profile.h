// The profile in memory: what a program did, by names only. Ordered containers throughout, so that writing it
// gives the same text for the same content.
#pragma once

#include "profiler/format/profile_abi.h"
#include "profiler/format/symbol.h"

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace krait {

uint64_t addSaturating(uint64_t left, uint64_t right);
uint64_t multiplySaturating(uint64_t left, uint64_t right);

/// How often which kinds were seen: a bounded multiset.
/// Three states: complete ([many] false); [many] with entries: others were seen too, how often is the
/// remainder of the site's count; [many] without entries: too many to tell, which absorbs everything.
struct KindCounts {
  /// More distinct entries than this collapse to "too many to tell".
  static constexpr size_t kLimit = 16;

  /// One symbol, or one per operand.
  using Key = std::vector<ProfileSymbol>;

  std::map<Key, uint64_t> entries;
  bool many = false;

  bool isEmpty() const { return entries.empty() && !many; }
  bool isCollapsed() const { return entries.empty() && many; }
  void add(const Key &key, uint64_t count);
  void collapse();

  friend bool operator==(const KindCounts &, const KindCounts &) = default;
};

/// What was seen at one site, for one argument, or of the results.
struct Facts {
  uint64_t count = 0;    // events
  uint64_t taken = 0;    // of those, jumps taken (ForIter: iterators found exhausted)
  bool overflow = false; // an int result did not fit an immediate
  KindCounts types;      // kinds of the operands, or the identity of what was called or loaded
  KindCounts raises;     // classes of exceptions that left the site
  KindCounts finals;     // shapes that objects made here ended with

  friend bool operator==(const Facts &, const Facts &) = default;
};

struct SiteKey {
  uint32_t ordinal = 0;
  std::string opcode;
  friend std::strong_ordering operator<=>(const SiteKey &, const SiteKey &) = default;
};

struct FunctionKey {
  std::string qualname;
  uint32_t ordinal = 0; // among code objects of this qualified name in the module
  uint64_t hash = 0;    // structural hash of the code
  friend std::strong_ordering operator<=>(const FunctionKey &, const FunctionKey &) = default;
};

struct FunctionProfile {
  uint64_t entries = 0;
  std::map<uint32_t, Facts> arguments;
  Facts result;
  std::map<SiteKey, Facts> sites;
  friend bool operator==(const FunctionProfile &, const FunctionProfile &) = default;
};

struct ModuleProfile {
  std::map<std::string, uint64_t> imports; // modules imported by this one
  std::map<std::string, uint64_t> opens;   // files opened by this one
  std::map<FunctionKey, FunctionProfile> functions;
  friend bool operator==(const ModuleProfile &, const ModuleProfile &) = default;
};

struct Profile {
  uint64_t abi = kProfileAbi; // of the Krait that recorded it
  std::map<std::string, ModuleProfile> modules;
  friend bool operator==(const Profile &, const Profile &) = default;
};

/// Calls [visit](Facts &) for arguments, result and sites of [function], which may be const.
template <typename FunctionType, typename Visitor> void forEachFacts(FunctionType &function, Visitor visit) {
  for (auto &[index, facts] : function.arguments)
    visit(facts);
  visit(function.result);
  for (auto &[key, facts] : function.sites)
    visit(facts);
}

/// Adds [weight] times [source] to [target]. Associative and commutative (equal weights): counts saturate,
/// kinds unite. False, and [target] untouched, if the two are of different ABIs.
[[nodiscard]] bool mergeProfile(Profile &target, const Profile &source, uint64_t weight = 1);

/// The two halves of mergeProfile for one record, for tools.
void mergeFacts(Facts &target, const Facts &source, uint64_t weight = 1);
void mergeFunction(FunctionProfile &target, const FunctionProfile &source, uint64_t weight = 1);

} // namespace krait
