// show, diff and report as text.
#include "profiler/tool/views.h"

#include "profiler/format/profile_text.h"
#include "profiler/tool/edits.h"

#include <algorithm>
#include <set>

namespace krait {

std::string groupDigits(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3;)
    digits.insert(at -= 3, 1, ' ');
  return digits;
}

namespace {
std::string percent(uint64_t part, uint64_t whole) {
  if (whole == 0)
    return "0 %";
  // In long double, since counts may be saturated.
  long double share = static_cast<long double>(part) * 100 / whole;
  if (part != 0 && share < 1)
    return "<1 %";
  return std::to_string(static_cast<int>(share + 0.5L)) + " %";
}

std::string joinKey(const KindCounts::Key &key) {
  std::string out;
  for (const ProfileSymbol &symbol : key)
    out += (out.empty() ? "" : ", ") + spellSymbol(symbol);
  return out;
}

std::string spellName(const std::string &name) {
  std::string out;
  appendName(out, name);
  return out;
}

std::string functionName(const FunctionKey &key) {
  std::string name = spellName(key.qualname);
  return key.ordinal == 0 ? name : name + '#' + std::to_string(key.ordinal);
}

std::string padded(std::string text, size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

std::string rightAligned(const std::string &text, size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}
} // namespace

std::string describeKinds(const KindCounts &kinds, uint64_t events) {
  if (kinds.isCollapsed())
    return "too many kinds to tell";
  std::vector<std::pair<KindCounts::Key, uint64_t>> byCount(kinds.entries.begin(), kinds.entries.end());
  std::sort(byCount.begin(), byCount.end(),
            [](auto &a, auto &b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
  std::string out;
  for (const auto &[key, count] : byCount) {
    out += (out.empty() ? "" : "; ") + joinKey(key);
    if (byCount.size() > 1 || kinds.many)
      out += ' ' + percent(count, events);
  }
  return kinds.many ? out + "; others" : out;
}

std::string describeFacts(const Facts &facts) {
  std::string out;
  auto add = [&](std::string text) { out += (out.empty() ? "" : " | ") + text; };
  if (!facts.types.isEmpty())
    add(describeKinds(facts.types, facts.count));
  if (facts.taken != 0)
    add("taken " + percent(facts.taken, facts.count));
  if (facts.overflow)
    add("overflowed");
  if (!facts.raises.isEmpty())
    add("raised " + describeKinds(facts.raises, facts.count));
  if (!facts.finals.isEmpty())
    add("became " + describeKinds(facts.finals, facts.count));
  return out;
}

// ---- show -------------------------------------------------------------------------------------------

namespace {
void showFacts(std::string &out, const std::string &what, const Facts &facts) {
  std::string line =
      "    " + padded(what, 24) + rightAligned(groupDigits(facts.count), 14) + "  " + describeFacts(facts);
  line.erase(line.find_last_not_of(' ') + 1);
  out += line + '\n';
}

void showFunction(std::string &out, const FunctionKey &key, const FunctionProfile &function) {
  out += "  " + functionName(key) + ": entered " + groupDigits(function.entries) + " times\n";
  for (const auto &[index, facts] : function.arguments)
    showFacts(out, "argument " + std::to_string(index), facts);
  if (function.result != Facts())
    showFacts(out, "return", function.result);
  for (const auto &[site, facts] : function.sites)
    showFacts(out, std::to_string(site.ordinal) + ' ' + site.opcode, facts);
}

void showCounts(std::string &out, const char *what, const std::map<std::string, uint64_t> &counts) {
  for (const auto &[name, count] : counts)
    out += std::string("  ") + what + ' ' + spellName(name) + '\n';
}
} // namespace

std::string showProfile(const Profile &profile, const ProfileFilter &filter) {
  std::string out;
  for (const auto &[name, module] : profile.modules) {
    if (!filter.module.empty() && filter.module != name)
      continue;
    std::string body;
    if (filter.function.empty()) {
      showCounts(body, "imports", module.imports);
      showCounts(body, "opens", module.opens);
    }
    for (const auto &[key, function] : module.functions)
      if (filter.function.empty() || filter.function == key.qualname)
        showFunction(body, key, function);
    if (!body.empty())
      out += "module " + spellName(name) + '\n' + body;
  }
  return out;
}

// ---- diff -------------------------------------------------------------------------------------------

namespace {
/// Every line of the text form, under the head lines that say where it belongs.
using LinesByPlace = std::map<std::string, std::set<std::string>>;

LinesByPlace linesOf(const Profile &profile) {
  LinesByPlace lines;
  for (const auto &[name, module] : profile.modules) {
    std::string moduleHead = "module " + spellName(name);
    lines[moduleHead];
    for (const auto &[import, count] : module.imports)
      lines[moduleHead].insert("import " + spellName(import) + ' ' + std::to_string(count));
    for (const auto &[open, count] : module.opens)
      lines[moduleHead].insert("open " + spellName(open) + ' ' + std::to_string(count));
    for (const auto &[key, function] : module.functions) {
      std::set<std::string> &own = lines[moduleHead + ", function " + functionName(key)];
      own.insert("entries " + std::to_string(function.entries));
      for (const auto &[index, facts] : function.arguments)
        own.insert(writeFacts("argument " + std::to_string(index), facts));
      if (function.result != Facts())
        own.insert(writeFacts("return", function.result));
      for (const auto &[site, facts] : function.sites)
        own.insert(writeFacts("site " + std::to_string(site.ordinal) + ' ' + site.opcode, facts));
    }
  }
  return lines;
}

void appendMissing(std::string &out, const char *sign, const std::set<std::string> &lines,
                   const std::set<std::string> &others) {
  for (const std::string &line : lines)
    if (!others.contains(line))
      out += sign + line + '\n';
}
} // namespace

std::string diffProfiles(const Profile &before, const Profile &after, bool ignoreCounts) {
  LinesByPlace left = linesOf(ignoreCounts ? withoutCounts(before) : before);
  LinesByPlace right = linesOf(ignoreCounts ? withoutCounts(after) : after);
  std::string out;
  std::set<std::string> places;
  for (const auto *lines : {&left, &right})
    for (const auto &[place, content] : *lines)
      places.insert(place);
  for (const std::string &place : places) {
    std::string body;
    appendMissing(body, "- ", left[place], right[place]);
    appendMissing(body, "+ ", right[place], left[place]);
    if (!body.empty())
      out += place + '\n' + body;
  }
  return out;
}

// ---- report -----------------------------------------------------------------------------------------

namespace {
struct ReportRow {
  uint64_t weight;
  std::string text;
};

/// The heaviest rows; equal ones by text.
void appendSection(std::string &out, const char *title, std::vector<ReportRow> rows, size_t top) {
  if (rows.empty())
    return;
  std::sort(rows.begin(), rows.end(),
            [](auto &a, auto &b) { return a.weight != b.weight ? a.weight > b.weight : a.text < b.text; });
  out += std::string(out.empty() ? "" : "\n") + title + '\n';
  for (size_t i = 0; i < std::min(top, rows.size()); ++i)
    out += rightAligned(groupDigits(rows[i].weight), 16) + "  " + rows[i].text + '\n';
  if (rows.size() > top)
    out += rightAligned("...", 16) + "  " + std::to_string(rows.size() - top) + " more\n";
}

uint64_t raisedCount(const Facts &facts) {
  uint64_t total = 0;
  for (const auto &[key, count] : facts.raises.entries)
    total = addSaturating(total, count);
  return total;
}

struct Report {
  std::vector<ReportRow> functions, mixed, overflows, raising;

  void add(const std::string &module, const FunctionKey &key, const FunctionProfile &function) {
    std::string name = spellName(module) + ':' + functionName(key);
    uint64_t events = 0;
    auto addFacts = [&](const std::string &place, const Facts &facts) {
      std::string text = name + ' ' + place;
      events = addSaturating(events, facts.count);
      if (facts.types.many || facts.types.entries.size() > 4)
        mixed.push_back({facts.count, text + "  " + describeKinds(facts.types, facts.count)});
      if (facts.overflow)
        overflows.push_back({facts.count, text});
      if (uint64_t raised = raisedCount(facts))
        raising.push_back({raised, text + "  " + describeKinds(facts.raises, raised)});
    };
    for (const auto &[index, facts] : function.arguments)
      addFacts("argument " + std::to_string(index), facts);
    addFacts("return", function.result);
    for (const auto &[site, facts] : function.sites)
      addFacts("site " + std::to_string(site.ordinal) + ' ' + site.opcode, facts);
    functions.push_back({events, name + "  entered " + groupDigits(function.entries) + " times"});
  }
};
} // namespace

std::string reportProfile(const Profile &profile, size_t top) {
  Report report;
  for (const auto &[name, module] : profile.modules)
    for (const auto &[key, function] : module.functions)
      report.add(name, key, function);
  std::string out;
  appendSection(out, "Most events, by function", std::move(report.functions), top);
  appendSection(out, "Sites with more kinds than code can be made for", std::move(report.mixed), top);
  appendSection(out, "Integers past 63 bits", std::move(report.overflows), top);
  appendSection(out, "Exceptions", std::move(report.raising), top);
  return out;
}

} // namespace krait
