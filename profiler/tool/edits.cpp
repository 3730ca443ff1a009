// Lying profiles and profiles without counts.
#include "profiler/tool/edits.h"

#include <algorithm>

namespace krait {

namespace {

/// All sets of kinds of a module that are exchangeable: by the number of symbols of their entries.
using Pool = std::map<size_t, std::vector<KindCounts>>;

size_t arity(const KindCounts &kinds) {
  return kinds.entries.empty() ? 0 : kinds.entries.begin()->first.size();
}

Pool collect(const ModuleProfile &module) {
  Pool pool;
  for (const auto &[key, function] : module.functions)
    forEachFacts(function, [&](const Facts &facts) {
      std::vector<KindCounts> &same = pool[arity(facts.types)];
      if (arity(facts.types) != 0 && std::find(same.begin(), same.end(), facts.types) == same.end())
        same.push_back(facts.types);
    });
  return pool;
}

/// Other symbols for a module in which all sites agree.
KindCounts invented(const KindCounts &kinds) {
  static const ProfileSymbol kInt{ProfileSymbol::Kind::Type, "", "int"},
      kStr{ProfileSymbol::Kind::Type, "", "str"};
  KindCounts other;
  for (const auto &[key, count] : kinds.entries)
    other.add(KindCounts::Key(key.size(), key.front() == kInt ? kStr : kInt), count);
  return other;
}

/// The next different set of the pool.
KindCounts lieAboutKinds(const Pool &pool, const KindCounts &kinds) {
  const std::vector<KindCounts> &same = pool.at(arity(kinds));
  if (same.size() < 2)
    return invented(kinds);
  size_t at = static_cast<size_t>(std::find(same.begin(), same.end(), kinds) - same.begin());
  return same[(at + 1) % same.size()];
}

} // namespace

Profile lieAbout(const Profile &truth) {
  Profile lie = truth;
  for (auto &[name, module] : lie.modules) {
    Pool pool = collect(module);
    for (auto &[key, function] : module.functions)
      forEachFacts(function, [&](Facts &facts) {
        if (arity(facts.types) != 0)
          facts.types = lieAboutKinds(pool, facts.types);
        if (facts.taken != 0)
          facts.taken = facts.count - std::min(facts.count, facts.taken);
        facts.overflow = false;
        facts.raises = {};
      });
  }
  return lie;
}

namespace {
void forgetCounts(KindCounts &kinds) {
  for (auto &[key, count] : kinds.entries)
    count = 1;
}
} // namespace

Profile withoutCounts(const Profile &profile) {
  Profile result = profile;
  for (auto &[name, module] : result.modules) {
    for (auto *counts : {&module.imports, &module.opens})
      for (auto &[what, count] : *counts)
        count = 1;
    for (auto &[key, function] : module.functions) {
      function.entries = function.entries != 0;
      forEachFacts(function, [](Facts &facts) {
        facts.count = facts.count != 0;
        facts.taken = facts.taken != 0;
        forgetCounts(facts.types);
        forgetCounts(facts.raises);
        forgetCounts(facts.finals);
      });
    }
  }
  return result;
}

} // namespace krait
