// Matching of profiles against code.
#include "profiler/format/match.h"

namespace krait {

namespace {
unsigned percentOf(uint64_t part, uint64_t whole) {
  // In long double, since both may be saturated.
  return whole == 0 ? 100 : static_cast<unsigned>(static_cast<long double>(part) * 100 / whole);
}

bool fits(const SiteKey &site, const CodeDescription &code) {
  return site.ordinal < code.siteOpcodes.size() && code.siteOpcodes[site.ordinal] == site.opcode;
}

size_t fittingSites(const FunctionProfile &function, const CodeDescription &code) {
  size_t count = 0;
  for (const auto &[site, facts] : function.sites)
    count += fits(site, code);
  return count;
}

uint64_t eventsOf(const FunctionProfile &function) {
  uint64_t events = function.entries;
  forEachFacts(function, [&](const Facts &facts) { events = addSaturating(events, facts.count); });
  return events;
}

/// A function by name; its hash is compared afterwards.
using NameKey = std::tuple<std::string_view, std::string_view, uint32_t>;
} // namespace

MatchKind matchFunction(const FunctionKey &key, const FunctionProfile &function,
                        const CodeDescription &code) {
  return key.hash == code.key.hash && fittingSites(function, code) == function.sites.size()
             ? MatchKind::Exact
             : MatchKind::Stale;
}

const FunctionProfile *findMatch(const Profile &profile, const CodeDescription &code) {
  if (profile.abi != kProfileAbi)
    return nullptr;
  auto module = profile.modules.find(code.module);
  if (module == profile.modules.end())
    return nullptr;
  auto function = module->second.functions.find(code.key);
  if (function == module->second.functions.end() ||
      matchFunction(function->first, function->second, code) != MatchKind::Exact)
    return nullptr;
  return &function->second;
}

unsigned MatchReport::percent() const { return percentOf(exactEvents, events); }

MatchReport matchProfile(const Profile &profile, std::span<const CodeDescription> program) {
  std::map<NameKey, const CodeDescription *> byName;
  for (const CodeDescription &code : program)
    byName[{code.module, code.key.qualname, code.key.ordinal}] = &code;

  MatchReport report;
  report.otherAbi = profile.abi != kProfileAbi;
  for (const auto &[moduleName, module] : profile.modules)
    for (const auto &[key, function] : module.functions) {
      auto found = byName.find({moduleName, key.qualname, key.ordinal});
      FunctionMatch match{moduleName, key, MatchKind::Missing, 0};
      if (found != byName.end()) {
        match.kind = report.otherAbi ? MatchKind::Stale : matchFunction(key, function, *found->second);
        match.sitePercent = percentOf(fittingSites(function, *found->second), function.sites.size());
      }
      uint64_t events = eventsOf(function);
      report.events = addSaturating(report.events, events);
      if (match.kind == MatchKind::Exact) {
        ++report.exactFunctions;
        report.exactEvents = addSaturating(report.exactEvents, events);
      }
      report.functions.push_back(std::move(match));
    }
  return report;
}

} // namespace krait
