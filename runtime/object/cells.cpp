// cells.cpp - see cells.h. Registration and events are rare, so tables are keyed by text; nothing here is on
// a hot path but the test of krt_cells_active and the filter in front of krt_cells_function_made.
#include "runtime/object/cells.h"

#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/errors.h"
#include "runtime/object/exceptions.h"
#include "runtime/object/function.h"
#include "runtime/object/protocol.h"
#include "runtime/object/str.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace krait {

bool krt_cells_active;

namespace {

enum class Kind {
  Shape,
  Class,
  Function,
  Method,
  Global,
  Builtin,
  Module,
  Native,
  Getter,
  Inherited,
  Plain,
  Exception,
  ExceptionPlain,
  ExceptionSuper
};

struct LateCell {
  CellSlot *slot;
  Kind kind;
  std::string module, name;        // "app", "Vec" or "Vec.dot"
  std::string attribute, function; // Method: "dot" and "app:Vec.dot"
  std::vector<std::string> names;  // Shape
  bool ended = false;              // never to be filled again
  bool hidden = false;             // by stress: shown empty
};
using Cells = std::vector<LateCell *>;

struct ModuleCells {
  Cells cells; // Global, Builtin, Module
  krait::Module *module = nullptr;
};

struct Tables {
  std::vector<std::unique_ptr<LateCell>> all;
  std::unordered_map<std::string, Cells> classes, functions; // by "module:qualname"
  std::unordered_map<std::string, ModuleCells> modules;
  Cells natives;
  uint64_t filter[64] = {}; // of the hashes of function qualnames
  krait::Module *builtins = nullptr;
};
/// Never destroyed: compiled code may run until the process ends.
Tables &tables() {
  static auto *t = new Tables;
  return *t;
}

Str *name(const std::string &text) { return strIntern(text); }

bool parseKind(std::string_view text, Kind *kind) {
  constexpr std::string_view spelled[] = {
      "shape",  "class_", "function",  "method", "global",    "builtin",        "module",
      "native", "getter", "inherited", "plain",  "exception", "exceptionPlain", "exceptionSuper"};
  for (size_t i = 0; i < std::size(spelled); ++i)
    if (text == spelled[i]) {
      *kind = static_cast<Kind>(i);
      return true;
    }
  return false;
}

/// Splits "module:rest"; false without a colon.
bool splitModule(std::string_view text, std::string *module, std::string *rest) {
  size_t colon = text.find(':');
  if (colon == std::string_view::npos)
    return false;
  *module = text.substr(0, colon);
  *rest = text.substr(colon + 1);
  return true;
}

bool parseDescriptor(std::string_view text, LateCell &cell) {
  switch (cell.kind) {
  case Kind::Module:
  case Kind::Native:
    cell.name = text;
    return true;
  case Kind::Shape: {
    size_t brace = text.find('{');
    if (brace == std::string_view::npos || text.back() != '}' ||
        !splitModule(text.substr(0, brace), &cell.module, &cell.name))
      return false;
    std::string_view list = text.substr(brace + 1, text.size() - brace - 2);
    while (!list.empty()) {
      size_t comma = list.find(',');
      cell.names.emplace_back(list.substr(0, comma));
      list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    }
    return true;
  }
  case Kind::Inherited:
  case Kind::Getter:
  case Kind::Method: {
    size_t equals = text.find('=');
    if ((equals == std::string_view::npos) != (cell.kind == Kind::Inherited) ||
        !splitModule(text.substr(0, equals), &cell.module, &cell.name))
      return false;
    size_t dot = cell.name.rfind('.');
    if (dot == std::string::npos)
      return false;
    cell.attribute = cell.name.substr(dot + 1);
    cell.name.resize(dot);
    if (cell.kind != Kind::Inherited)
      cell.function = text.substr(equals + 1);
    return true;
  }
  default:
    return splitModule(text, &cell.module, &cell.name);
  }
}

/// "module:qualname" of the def statement of [f], with #n from the second code object of that name on.
const char *mainName = "__main__"; // krt_cells_main_named

/// A module's name as descriptors have it.
std::string nameInProgram(Str *module) {
  std::string_view name = strView(module);
  if (mainName && name == mainName)
    return "__main__";
  return name == "__main__" ? std::string() : std::string(name);
}

std::string functionKey(Function *f) {
  if (!f->module || !strCheck(f->module))
    return {};
  std::string key = nameInProgram(f->module.as<Str>()) + ":" + std::string(strView(f->code->qualname));
  return f->code->ordinal ? key + "#" + std::to_string(f->code->ordinal) : key;
}

// ---- Stress ----------------------------------------------------------------------------------------------

std::vector<CellSlot *> hiddenSlots;
GcVector<Value> hiddenValues; // keeps them alive meanwhile

void unhide() {
  for (size_t i = 0; i < hiddenSlots.size(); ++i)
    hiddenSlots[i]->value = hiddenValues[i].bits;
  hiddenSlots.clear();
  hiddenValues.clear();
}

void hide() {
  for (auto &cell : tables().all)
    if (cell->hidden && cell->slot->value) {
      hiddenSlots.push_back(cell->slot);
      hiddenValues.push(Value(cell->slot->value));
      cell->slot->value = 0;
    }
}

bool hiding = false;

/// Events find the cells as they are; compiled code sees no other ones emptied by an event than before.
struct Event {
  Event() {
    if (hiding)
      unhide();
  }
  ~Event() {
    if (hiding)
      hide();
  }
  Event(const Event &) = delete;
};

// ---- Classes ----------------------------------------------------------------------------------------------

/// The names of a cell are ".x" for members, then those of attributes; "..." in front: the layout is another
/// one than krt_class_members describes, or attributes lie outside of the object.
uint64_t shapeOf(Class *cls, const LateCell &cell) {
  bool anyLayout = !cell.names.empty() && cell.names[0] == "...";
  size_t members = anyLayout;
  while (members < cell.names.size() && cell.names[members].starts_with('.'))
    ++members;
  bool fresh = members == cell.names.size();
  if (!krt_class_is_plain(cls) ||
      (fresh && !krt_class_makes_plain(cls) && !(anyLayout && krt_class_makes_exception(cls))))
    return 0;
  MemberDescriptor *found[kMaxMembers];
  int64_t count = krt_class_members(cls, found);
  if (!anyLayout && !cell.names.empty()) {
    if (count != int64_t(members))
      return 0;
    for (size_t i = 0; i < members; ++i)
      if (strView(found[i]->name) != cell.names[i].substr(1))
        return 0;
  }
  Shape *shape = cls->rootShape;
  size_t attributes = cell.names.size() - members;
  if (attributes && !(shape->flags & kShapeHasExtra))
    return 0;
  // Objects of one shape go by one name only.
  if (!fresh && anyLayout == (count >= 0 && attributes <= shape->inlineSlots))
    return 0;
  for (size_t i = members; i < cell.names.size(); ++i) {
    Str *attribute = name(cell.names[i]);
    Value found = krt_class_lookup(cls, attribute);
    if (found && classOf(found)->slots.descrSet)
      return 0;
    shape = krt_shape_add(shape, attribute);
    if (!shape)
      return 0;
  }
  return reinterpret_cast<uint64_t>(shape);
}

/// Is what super().__init__ finds for instances of [cls] itself BaseException's?
bool initsAsException(Class *cls) {
  if (!(cls->flags & kClassExceptionSub))
    return false;
  for (int64_t i = 1; i < cls->mro->length; ++i) {
    auto *at = cls->mro->items[i].as<Class>();
    if (!(at->flags & kClassHeap))
      return at->slots.init == kBaseException->slots.init;
    if (krt_dict_get_str(at->dict, name("__init__")))
      return false;
  }
  return false;
}

void evaluate(LateCell &cell, Class *cls) {
  auto holds = [&](bool yes) { cell.slot->value = yes ? reinterpret_cast<uint64_t>(cls) : 0; };
  switch (cell.kind) {
  case Kind::Plain:
    holds(krt_class_makes_plain(cls));
    break;
  case Kind::Exception:
    holds(krt_class_makes_exception(cls));
    break;
  case Kind::ExceptionPlain:
    holds(krt_class_makes_exception(cls) && cls->slots.init == kBaseException->slots.init);
    break;
  case Kind::ExceptionSuper:
    holds(initsAsException(cls));
    break;
  case Kind::Class:
    cell.slot->value = reinterpret_cast<uint64_t>(cls);
    break;
  case Kind::Shape:
    cell.slot->value = shapeOf(cls, cell);
    break;
  case Kind::Method: {
    Value found = krt_class_lookup(cls, name(cell.attribute));
    bool same = found && isExact(found, krt_function_class) &&
                !(found.as<Function>()->version & kFunctionReassigned) && !cls->slots.getattr &&
                functionKey(found.as<Function>()) == cell.function;
    cell.slot->value = same ? found.bits : 0;
    break;
  }
  case Kind::Getter: {
    Value found = krt_class_lookup(cls, name(cell.attribute));
    Value get = found && isExact(found, krt_property_class) ? found.as<Property>()->get : Value();
    bool same = get && isExact(get, krt_function_class) && !cls->slots.getattr &&
                functionKey(get.as<krait::Function>()) == cell.function;
    cell.slot->value = same ? get.bits : 0;
    break;
  }
  case Kind::Inherited: {
    Str *attribute = name(cell.attribute);
    bool same = krt_class_lookup(cls, attribute) == krt_class_lookup(&krt_object_class, attribute);
    cell.slot->value = same ? reinterpret_cast<uint64_t>(cls) : 0;
    break;
  }
  default:
    break;
  }
}

// ---- Variables of modules ---------------------------------------------------------------------------

uint64_t placeOf(Dict *dict, Str *key) {
  int64_t position = krt_dict_find_str(dict, key);
  return position < 0 ? 0 : reinterpret_cast<uint64_t>(&dict->entries[position].value);
}

void evaluate(LateCell &cell, ModuleCells &owner) {
  if (cell.ended || !owner.module)
    return;
  switch (cell.kind) {
  case Kind::Module:
    cell.slot->value = reinterpret_cast<uint64_t>(owner.module);
    break;
  case Kind::Global:
    cell.slot->value = placeOf(owner.module->dict, name(cell.name));
    break;
  case Kind::Builtin: {
    krait::Module *builtins = tables().builtins;
    Str *key = name(cell.name);
    bool hidden = krt_dict_find_str(owner.module->dict, key) >= 0;
    Value v = builtins && !hidden ? krt_dict_get_str(builtins->dict, key) : Value();
    // Only the original counts: once the name was rebound, the compiled code has nothing to gain.
    if (cell.slot->value && v.bits != cell.slot->value && !hidden) {
      cell.ended = true;
      v = Value();
    }
    cell.slot->value = v.bits;
    break;
  }
  default:
    break;
  }
}

void dictChanged(Dict *dict, Value key, Value) {
  Event event;
  Tables &t = tables();
  if (t.builtins && dict == t.builtins->dict) {
    if (!strCheck(key))
      return;
    std::string_view changed = strView(key.as<Str>());
    for (auto &[_, owner] : t.modules)
      for (LateCell *cell : owner.cells)
        if (cell->kind == Kind::Builtin && cell->name == changed)
          evaluate(*cell, owner);
  }
  auto *owner = static_cast<ModuleCells *>(dict->watchers);
  if (!owner)
    return;
  for (LateCell *cell : owner->cells)
    evaluate(*cell, *owner);
}

void watch(Dict *dict, ModuleCells *owner) {
  krt_dict_watch_hook = dictChanged;
  dict->flags |= kDictWatched;
  dict->watchers = owner;
}

} // namespace

void krt_cells_hide(bool (*chosen)()) {
  unhide();
  hiding = true;
  for (auto &cell : tables().all)
    cell->hidden = cell->kind != Kind::Native && chosen(); // those are filled for good, so nobody asks
  hide();
}

void krt_cells_register(CellSlot *slots, size_t count) {
  Tables &t = tables();
  krt_cells_active = true;
  for (size_t i = 0; i < count; ++i) {
    auto cell = std::make_unique<LateCell>();
    cell->slot = &slots[i];
    if (!parseKind(slots[i].kind, &cell->kind) || !parseDescriptor(slots[i].descriptor, *cell))
      continue;
    std::string key = cell->module + ":" + cell->name;
    switch (cell->kind) {
    case Kind::Shape:
    case Kind::Class:
    case Kind::Method:
    case Kind::Getter:
    case Kind::Inherited:
    case Kind::Plain:
    case Kind::Exception:
    case Kind::ExceptionPlain:
    case Kind::ExceptionSuper:
      t.classes[key].push_back(cell.get());
      break;
    case Kind::Function: {
      t.functions[key].push_back(cell.get());
      auto hash = static_cast<uint64_t>(krt_str_hash(name(cell->name.substr(0, cell->name.rfind('#')))));
      t.filter[hash >> 6 & 63] |= uint64_t{1} << (hash & 63);
      break;
    }
    case Kind::Module:
      t.modules[cell->name].cells.push_back(cell.get());
      break;
    case Kind::Global:
    case Kind::Builtin:
      t.modules[cell->module].cells.push_back(cell.get());
      break;
    case Kind::Native:
      t.natives.push_back(cell.get());
      break;
    }
    t.all.push_back(std::move(cell));
  }
}

void krt_cells_class_made(Class *cls) {
  Event event;
  Tables &t = tables();
  Value module = krt_class_module(cls);
  if (t.classes.empty() || !module || !strCheck(module))
    return;
  auto found = t.classes.find(nameInProgram(module.as<Str>()) + ":" + std::string(strView(cls->qualname)));
  if (found == t.classes.end())
    return;
  // A class made again by the same statement takes the cells over; the former one lets go of them.
  for (LateCell *cell : found->second)
    if (cell->kind == Kind::Class && cell->slot->value)
      reinterpret_cast<Class *>(cell->slot->value)->watchers = nullptr;
  cls->watchers = &found->second;
  krt_cells_class_changed(cls);
}

void krt_cells_class_changed(Class *cls) {
  Event event;
  for (LateCell *cell : *static_cast<Cells *>(cls->watchers))
    evaluate(*cell, cls);
}

void krt_cells_function_made(Function *f) {
  Event event;
  Tables &t = tables();
  auto hash = static_cast<uint64_t>(krt_str_hash(f->code->qualname));
  if (!(t.filter[hash >> 6 & 63] >> (hash & 63) & 1))
    return;
  auto found = t.functions.find(functionKey(f));
  if (found == t.functions.end())
    return;
  for (LateCell *cell : found->second)
    if (!cell->ended && !cell->slot->value)
      cell->slot->value = reinterpret_cast<uint64_t>(f);
}

void krt_cells_function_changed(Function *f) {
  Event event;
  // By identity: the code that named it may just have been replaced.
  f->version |= kFunctionReassigned;
  for (auto &[_, cells] : tables().functions)
    for (LateCell *cell : cells)
      if (cell->slot->value == reinterpret_cast<uint64_t>(f)) {
        cell->slot->value = 0;
        cell->ended = true;
      }
  for (auto &[_, cells] : tables().classes)
    for (LateCell *cell : cells)
      if ((cell->kind == Kind::Method || cell->kind == Kind::Getter) &&
          cell->slot->value == reinterpret_cast<uint64_t>(f))
        cell->slot->value = 0;
}

void krt_cells_main_named(const char *name) { mainName = name; }

void krt_cells_module_made(krait::Module *module, Str *moduleName) {
  Event event;
  Tables &t = tables();
  auto found = t.modules.find(nameInProgram(moduleName));
  if (found == t.modules.end())
    return;
  ModuleCells &owner = found->second;
  if (owner.module == module)
    return;
  if (owner.module) { // code of this name now runs with other variables
    for (LateCell *cell : owner.cells)
      if (cell->kind != Kind::Module) {
        cell->slot->value = 0;
        cell->ended = true;
      }
    return;
  }
  owner.module = module;
  watch(module->dict, &owner);
  for (LateCell *cell : owner.cells)
    evaluate(*cell, owner);
}

void krt_cells_native_ready(Str *moduleName, Dict *dict) {
  Event event;
  Tables &t = tables();
  std::string_view module = strView(moduleName);
  bool builtins = module == "builtins";
  if (builtins && !t.builtins) {
    t.builtins = gcNew<krait::Module>(krt_module_class); // a holder: only the dict is asked
    t.builtins->dict = dict;
    krt_gc_add_roots(&t.builtins, &t.builtins + 1);
    krt_dict_watch_hook = dictChanged;
    dict->flags |= kDictWatched;
    for (auto &[_, owner] : t.modules)
      for (LateCell *cell : owner.cells)
        evaluate(*cell, owner);
  }
  for (LateCell *cell : t.natives) {
    if (cell->slot->value)
      continue;
    std::string_view path = cell->name;
    if (!builtins) {
      if (!path.starts_with(module) || path.size() <= module.size() || path[module.size()] != ':')
        continue;
      path.remove_prefix(module.size() + 1);
    } else if (path.starts_with("builtins:")) {
      path.remove_prefix(9);
    }
    // "list.append" or "sqrt": a name, and perhaps an attribute of the class that it names.
    size_t dot = path.find('.');
    Value v = krt_dict_get_str(dict, strIntern(path.substr(0, dot)));
    if (v && dot != std::string_view::npos)
      v = hasClassFlag(v, kClassTypeSub) ? krt_class_lookup(v.as<Class>(), strIntern(path.substr(dot + 1)))
                                         : Value();
    cell->slot->value = v.bits;
  }
}

} // namespace krait
