// Random profiles for property tests: small enough to collide often, odd enough to need every escape.
#pragma once

#include "profiler/format/profile.h"

#include <random>

namespace krait {

class RandomProfiles {
public:
  explicit RandomProfiles(uint64_t seed) : random_(seed) {}

  uint64_t below(uint64_t end) { return random_() % end; }
  uint64_t bits() { return random_(); }

  uint64_t count() {
    switch (below(8)) {
    case 0:
      return 0;
    case 1:
      return UINT64_MAX - below(3);
    default:
      return below(1000);
    }
  }

  std::string name() {
    static const char *const kNames[] = {"a",      "f.<locals>.<lambda>",
                                         "Größe",  "x y",
                                         "\"",     "\\",
                                         "\x01\n", "\xff",
                                         "=",      "site",
                                         "1",      "{}",
                                         "a:b",    "\xed\xa0\x80",
                                         "*",      "\xe4\xb8",
                                         "a.b-c"};
    return kNames[below(std::size(kNames))];
  }

  ProfileSymbol symbol() {
    ProfileSymbol symbol;
    symbol.kind = static_cast<ProfileSymbol::Kind>(below(7));
    if (below(2))
      symbol.module = name();
    symbol.name = below(20) ? name() : "";
    if (symbol.kind == ProfileSymbol::Kind::Function)
      symbol.ordinal = below(3);
    if (symbol.kind == ProfileSymbol::Kind::Shape)
      for (uint64_t i = below(4); i-- > 0;)
        symbol.attributes.push_back(name());
    return symbol;
  }

  KindCounts kinds() {
    KindCounts kinds;
    for (uint64_t i = below(8); i-- > 0;) {
      KindCounts::Key key{symbol()};
      if (below(2))
        key.push_back(symbol());
      kinds.add(key, count());
    }
    if (below(6) == 0)
      kinds.many = true;
    return kinds;
  }

  Facts facts() {
    Facts facts;
    facts.count = count();
    facts.taken = below(2) ? count() : 0;
    facts.overflow = below(4) == 0;
    facts.types = kinds();
    if (below(3) == 0)
      facts.raises = kinds();
    if (below(3) == 0)
      facts.finals = kinds();
    return facts;
  }

  FunctionProfile function() {
    static const char *const kOpcodes[] = {"Add", "Call", "LoadAttr"};
    FunctionProfile function;
    function.entries = count();
    for (uint64_t i = below(3); i-- > 0;)
      function.arguments[below(3)] = facts();
    if (below(2))
      function.result = facts();
    for (uint64_t i = below(5); i-- > 0;)
      function.sites[{static_cast<uint32_t>(below(4)), kOpcodes[below(3)]}] = facts();
    return function;
  }

  Profile profile() {
    Profile profile;
    for (uint64_t i = below(4); i-- > 0;) {
      ModuleProfile &module = profile.modules[name()];
      for (uint64_t j = below(3); j-- > 0;)
        module.imports[name()] = count();
      for (uint64_t j = below(3); j-- > 0;)
        module.opens[name()] = count();
      for (uint64_t j = below(4); j-- > 0;)
        module.functions[{name(), static_cast<uint32_t>(below(2)), below(3)}] = function();
    }
    return profile;
  }

private:
  std::mt19937_64 random_;
};

} // namespace krait
