// Decisions: what the profile led to, site by site. A pure function of profile, code and program; the narrow
// and inline passes carry them out, `krait build --explain` prints them.
#pragma once

#include "compiler/frontend/code_unit.h"
#include "compiler/hir/hir.h"
#include "profiler/format/match.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace krait {

/// What was seen called or loaded.
struct Target {
  enum class Kind : uint8_t { none, function, class_, builtin, module, constant };
  Kind kind = Kind::none;
  std::string name; // "app:f", "app:Vec", "math:sqrt", "os.path"
};

/// What a record names; kind none for shapes and types.
Target targetOf(const ProfileSymbol &symbol);

/// One code object of the program being compiled.
struct ProgramCode {
  std::string module; // "app"
  std::string name;   // "app:qualname", with #n from the second of that name on
  const CodeUnit *unit = nullptr;
  FunctionKey key;
  const FunctionProfile *profile = nullptr; // null if there is no record that fits
};

/// All code objects of the program by name: what call targets are looked up in.
class Program {
public:
  /// Adds [root] and all code objects in it.
  /// Code of the [library] may look at frames without others having to show theirs.
  void addModule(const std::string &module, const CodeUnit &root, const Profile *profile,
                 bool library = false);
  const ProgramCode *find(const std::string &name) const;
  const ProgramCode *find(const CodeUnit *unit) const;
  const std::vector<std::unique_ptr<ProgramCode>> &codes() const { return codes_; }
  /// The method [name] that instances of class [className] ("app:Vec") find, as far as class statements tell:
  /// in the class or, along single bases that are classes of the same module, above it; null if they do not
  /// tell.
  const ProgramCode *method(const std::string &className, const std::string &name) const;

  /// The getter of the property [name] that instances of [className] find, as `method`; null if it is none.
  const ProgramCode *getter(const std::string &className, const std::string &name) const;
  /// Do class statements tell all that [className] inherits from, and that none of it defines [name]?
  bool inheritsFromObject(const std::string &className, const std::string &name) const;

  /// The built-in class that [className] derives from along single bases ("Exception"), or "".
  std::string builtinBase(const std::string &className) const;

  /// What the code of [module] binds its variable [name] to, if it does so once, by a def, class or import
  /// statement; kind none if otherwise.
  Target definition(const std::string &module, const std::string &name) const;
  /// Does some code seem to look at activations from outside? Then each must have a frame with its variables
  /// in it.
  bool looksAtFrames() const { return looksAtFrames_; }
  /// Does some code seem to switch tracing on? Then activations that run compiled go over to the interpreter.
  bool traces() const { return traces_; }
  /// Code that needs a frame although nothing else says so (hir::passedByLooks).
  void showFrames(std::set<const CodeUnit *> shown) { shown_ = std::move(shown); }
  const std::set<const CodeUnit *> &shown() const { return shown_; }
  /// Does some code mention the code or defaults of functions, and may replace them?
  bool changesFunctions() const { return changesFunctions_; }
  /// Is it gc.collect, a function that called it when recorded, or one that called such a function?
  bool collects(const Target &target) const;
  /// The name of the shape that instances of [className] start with: with the members of `__slots__`, as the
  /// records show them.
  std::string rootShape(const std::string &className) const;
  /// Did a record have objects of this shape?
  bool knowsShape(const std::string &shape) const { return shapes_.count(shape); }
  /// Does the code of [module] bind [name] at all?
  bool binds(const std::string &module, const std::string &name) const;

private:
  struct Variable {
    unsigned bindings = 0;
    Target target;
  };
  void findVariables(const std::string &module, const CodeUnit &unit, bool root);
  void findShapes(const FunctionProfile &profile);
  void findCollectors(const Profile &profile);
  void add(const std::string &module, const CodeUnit &unit, const Profile *profile,
           std::map<std::string, uint32_t> &seen);
  bool looksAtFrames_ = false, traces_ = false, changesFunctions_ = false;
  std::vector<std::unique_ptr<ProgramCode>> codes_;
  std::map<std::string, ProgramCode *> byName_;
  std::set<const CodeUnit *> shown_;
  std::map<std::string, Variable> variables_; // by "module:name"
  const Profile *searched_ = nullptr;         // the profile that collectors_ are from
  std::set<std::string> collectors_;          // functions that collect garbage, as Target has them
  std::set<std::string> shapes_;              // all that records name
  std::set<std::string> properties_;          // "module:Class.name" made by @property
  std::set<std::string> baseless_;            // classes without bases
  std::map<std::string, std::string> bases_;  // the one base of a class, both as "module:name"
};

/// "app:Vec{x,y}"
std::string shapeText(const ProfileSymbol &shape);

/// What is expected of one operand: a built-in kind, or objects of a shape or class.
struct Expectation {
  hir::Type type;                  // kinds; Object for instances of classes of the program
  std::string shape;               // "app:Vec{x,y}" if all were of this shape
  std::vector<std::string> shapes; // all shapes seen, if nothing else was
  bool negative = false;           // an index or shift count below zero was among them
  std::string className;           // of the built-in class if all were of one that HIR has no kind for
};

struct SiteDecision {
  std::vector<Expectation>
      operands; // one per recorded operand; empty if they vary too much or nothing was recorded
  std::vector<std::string> someShapes; // of operand 0, where the record is cut off (operands is empty then)
  Target target;                       // of calls and loads of globals
  std::vector<Target> targets;         // of calls, if there were several and all are functions
  std::string finalShape;              // of objects that a call of a class made
  int64_t takenPermille = -1;          // of jumps; of ForIter: how often it found the iterator exhausted
  uint64_t count = 0, taken = 0;       // events; jumps taken among them
  uint64_t raised = 0;                 // exceptions that left the site
  bool overflow = false;               // int results left 63 bits when recorded
  std::string why;                     // for --explain

  /// So often that leaving compiled code for it would not do.
  bool raises() const { return raised > 2 && raised > count / 64; }
};

struct CodeDecisions {
  std::vector<SiteDecision> sites;    // by site number
  std::vector<Expectation> arguments; // by parameter; empty type if unknown
  uint64_t entries = 0;
};

/// Decides for all sites of [code]. Without a record: what annotations of parameters say, as expectations.
CodeDecisions decide(const ProgramCode &code);
/// One line for each decision that was made or declined, with line numbers.
std::string explain(const ProgramCode &code, const CodeDecisions &decisions);

} // namespace krait
