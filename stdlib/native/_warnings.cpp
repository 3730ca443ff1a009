// _warnings.cpp - see _warnings.h.
#include "stdlib/native/_warnings.h"

#include "runtime/interp/interp.h"
#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/class.h"
#include "runtime/object/codecs.h"
#include "runtime/object/containers.h"
#include "runtime/object/state.h"
#include "stdlib/native/_warnings.bind.inc"

#include <cstdio>

namespace krait {

namespace {

List *filters = nullptr; // until warnings.py has its own
Dict *onceRegistry = nullptr;
Str *defaultAction = nullptr;
int64_t filtersVersion = 0;

/// Where a warning is reported.
struct Place {
  Str *filename;
  int64_t line;
  Value module;   // __name__ or what stands for it
  Value registry; // dict, None or null
};

Value filterRow(const char *action, Class *category, Value module) {
  Value row[5] = {strIntern(action), kNone, category, module, smallInt(0)};
  return krt_tuple_from(row, 5);
}

void makeFilters() {
  filters = krt_list_new(5);
  krt_list_append(filters, filterRow("default", kDeprecationWarning, strIntern("__main__")));
  for (Class *category : {kDeprecationWarning, kPendingDeprecationWarning, kImportWarning, kResourceWarning})
    krt_list_append(filters, filterRow("ignore", category, kNone));
  onceRegistry = krt_dict_new();
  defaultAction = strIntern("default");
}

/// An attribute of warnings.py if that is loaded (or to be loaded: [import]); null without an exception
/// otherwise.
Value warningsAttr_py(Str *name, bool import) {
  Value module;
  if (import) {
    Value argument = KSTR(warnings);
    Value importer = krt_builtin_py(KSTR(__import__));
    module = importer ? krt_call_py(importer, &argument, 1, nullptr) : Value();
    if (!module)
      krt_error_clear_if(kImportError);
  } else {
    module = krt_import_loaded_py(KSTR(warnings));
  }
  return module ? krt_getattr_optional_py(module, name) : Value();
}

// ---- Filters ----------------------------------------------------------------------------------------

/// Whether a pattern of a filter (None, str or a compiled expression) fits [text]. 1, 0, -1.
int fits_py(Value pattern, Value text) {
  if (pattern == kNone)
    return 1;
  if (isExact(pattern, krt_str_class))
    return krt_equal_py(pattern, text);
  Value result = krt_call_method_py(pattern, KSTR(match), &text, 1);
  return result ? krt_truth_py(result) : -1;
}

/// 1, 0, -1.
int filterFits_py(Tuple *row, Value text, Value category, int64_t line, Value module) {
  int ok = fits_py(row->items[1], text);
  if (ok > 0)
    ok = krt_issubclass_py(category, row->items[2]);
  if (ok > 0)
    ok = fits_py(row->items[3], module);
  if (ok > 0) {
    int64_t wanted = krt_index_i64_py(row->items[4], kOverflowError);
    if (wanted == -1 && errorPending())
      return -1;
    ok = wanted == 0 || wanted == line;
  }
  return ok;
}

Value actionFor_py(Value text, Value category, int64_t line, Value module, Value *row) {
  Value list = warningsAttr_py(KSTR(filters), false);
  if (errorPending())
    return {};
  if (!list)
    list = filters;
  if (!isExact(list, krt_list_class))
    return krt_raise(kValueError, "_warnings.filters must be a list");
  filters = list.as<List>(); // should the module lose its own
  for (int64_t i = 0; i < list.as<List>()->length; ++i) {
    Value item = list.as<List>()->items[i];
    if (!isExact(item, krt_tuple_class) || item.as<Tuple>()->length != 5)
      return krt_raise(kValueError, "_warnings.filters item %lld isn't a 5-tuple", static_cast<long long>(i));
    if (!strCheck(item.as<Tuple>()->items[0]))
      return krt_raise(kTypeError, "action must be a string, not '%.200T'", item.as<Tuple>()->items[0]);
    *row = item;
    if (TRY_INT(filterFits_py(item.as<Tuple>(), text, category, line, module)))
      return item.as<Tuple>()->items[0];
  }
  *row = kNone;
  Value action = warningsAttr_py(KSTR(defaultaction), false);
  if (errorPending())
    return {};
  if (action && !strCheck(action))
    return krt_raise(kTypeError, "_warnings.defaultaction must be a string, not '%.200T'", action);
  return action ? action : Value(defaultAction);
}

/// Whether [key] was warned about; a registry made under other filters is emptied first. 1, 0, -1.
int alreadyWarned_py(Value registry, Value key, bool remember) {
  if (!registry || registry == kNone)
    return 0;
  auto *dict = registry.as<Dict>();
  Value version = krt_dict_get_str(dict, KSTR(version));
  if (errorPending())
    return -1;
  if (!version || version != smallInt(filtersVersion)) {
    krt_dict_clear(dict);
    krt_dict_set_str(dict, KSTR(version), smallInt(filtersVersion));
  } else {
    Value known = krt_dict_get_py(dict, key);
    if (!known && errorPending())
      return -1;
    int truth = known ? krt_truth_py(known) : 0;
    if (truth)
      return truth;
  }
  return remember ? krt_dict_set_py(dict, key, kTrue) : 0;
}

int onceWarned_py(Value registry, Value text, Value category, bool withZero) {
  Value key[3] = {text, category, smallInt(0)};
  return alreadyWarned_py(registry, krt_tuple_from(key, withZero ? 3 : 2), true);
}

// ---- Showing ----------------------------------------------------------------------------------------

void appendSourceLine_py(StrBuilder &out, Str *filename, int64_t line) {
  size_t size;
  std::FILE *file = std::fopen(krt_str_utf8_lossy(filename, &size), "rb");
  if (!file)
    return;
  char *text = nullptr;
  size_t capacity = 0;
  ssize_t length = -1;
  for (int64_t i = 0; i < line && (length = getline(&text, &capacity, file)) >= 0; ++i) {
  }
  std::fclose(file);
  if (length >= 0) {
    std::string_view view(text, static_cast<size_t>(length));
    while (!view.empty() && std::string_view(" \t\f\n\r").find(view.front()) != std::string_view::npos)
      view.remove_prefix(1);
    while (!view.empty() && (view.back() == '\n' || view.back() == '\r'))
      view.remove_suffix(1);
    if (!view.empty()) {
      out.append(std::string_view("  "));
      Value decoded = krt_codec_decode_py(krt_bytes_new(view.data(), view.size()), "utf-8", "replace");
      if (decoded)
        out.append(decoded.as<Str>());
      krt_error_clear();
      out.append('\n');
    }
  }
  std::free(text);
}

/// The plain form, for a process that has not loaded warnings.py. Failures are silent, as stderr may be what
/// fails.
void showPlain_py(const Place &place, Value text, Value category, Value sourceLine) {
  Value name = krt_getattr_py(category, KSTR(__name__));
  Str *shown = name ? krt_str_format("%S:%lld: %S: %S\n", Value(place.filename),
                                     static_cast<long long>(place.line), name, text)
                    : nullptr;
  if (!shown) {
    krt_error_clear();
    return;
  }
  StrBuilder out;
  out.append(shown);
  if (sourceLine && strCheck(sourceLine))
    out.append(krt_str_format("  %S\n", sourceLine));
  else
    appendSourceLine_py(out, place.filename, place.line);
  Value file = krt_sys_get(KSTR(stderr));
  Value argument = out.finish();
  if (file == kNone)
    return;
  if (file) {
    krt_call_method_py(file, KSTR(write), &argument, 1);
    krt_error_clear();
    return;
  }
  std::string_view view = strView(argument.as<Str>());
  std::fwrite(view.data(), 1, view.size(), stderr);
}

bool show_py(const Place &place, Value text, Value message, Value category, Value sourceLine, Value source) {
  Value show = warningsAttr_py(KSTR(_showwarnmsg), source && source != kNone);
  if (!show) {
    if (errorPending())
      return false;
    showPlain_py(place, text, category, sourceLine);
    return true;
  }
  if (!krt_callable(show)) {
    krt_raise(kTypeError, "warnings._showwarnmsg() must be set to a callable");
    return false;
  }
  Value maker = warningsAttr_py(KSTR(WarningMessage), false);
  if (!maker) {
    if (!errorPending())
      krt_raise(kRuntimeError, "unable to get warnings.WarningMessage");
    return false;
  }
  Value args[7] = {message, category, place.filename,         krt_int_from_i64(place.line),
                   kNone,   kNone,    source ? source : kNone};
  Value record = krt_call_py(maker, args, 7, nullptr);
  return record && krt_call1_py(show, record);
}

// ---- Issuing ----------------------------------------------------------------------------------------

Value moduleOf(Str *filename) {
  int64_t length = filename->length();
  if (length == 0)
    return strIntern("<unknown>");
  std::string_view view = strView(filename);
  return view.ends_with(".py") ? krt_str_substring(filename, 0, length - 3) : filename;
}

/// None, or null with an exception pending.
Value issue_py(Value message, Value category, Place place, Value sourceLine, Value source) {
  if (place.module == kNone)
    return kNone;
  if (place.registry && place.registry != kNone && !hasClassFlag(place.registry, kClassDictSub))
    return krt_raise(kTypeError, "'registry' must be a dict or None");
  if (!place.module)
    place.module = moduleOf(place.filename);
  Value text;
  if (TRY_INT(krt_isinstance_py(message, kWarning))) {
    text = TRY(krt_str_of_py(message));
    category = classOf(message);
  } else {
    text = message;
    message = TRY(krt_call1_py(category, message));
  }
  Value keyParts[3] = {text, category, krt_int_from_i64(place.line)};
  Value key = krt_tuple_from(keyParts, 3);
  if (TRY_INT(alreadyWarned_py(place.registry, key, false)))
    return kNone;
  Value row;
  Value action = TRY(actionFor_py(text, category, place.line, place.module, &row));
  std::string_view name = strView(action.as<Str>());
  if (name == "error")
    return krt_raise_value(message);
  if (name == "ignore")
    return kNone;
  int already = 0;
  if (name != "always") {
    bool registered = place.registry && place.registry != kNone;
    if (registered)
      TRY_INT(krt_dict_set_py(place.registry.as<Dict>(), key, kTrue));
    if (name == "once") {
      Value registry = place.registry;
      if (!registered) {
        registry = warningsAttr_py(KSTR(onceregistry), false);
        if (errorPending())
          return {};
        if (!registry)
          registry = onceRegistry;
        if (!hasClassFlag(registry, kClassDictSub))
          return krt_raise(kTypeError, "_warnings.onceregistry must be a dict, not '%.200T'", registry);
      }
      already = TRY_INT(onceWarned_py(registry, text, category, false));
    } else if (name == "module") {
      if (registered)
        already = TRY_INT(onceWarned_py(place.registry, text, category, true));
    } else if (name != "default") {
      return krt_raise(kRuntimeError, "Unrecognized action (%R) in warnings.filters:\n %R", action, row);
    }
  }
  if (!already && !show_py(place, text, message, category, sourceLine, source))
    return {};
  return kNone;
}

bool isImportFrame(Frame *frame) {
  std::string_view file = strView(frame->code->filename);
  return file.find("importlib") != std::string_view::npos &&
         file.find("_bootstrap") != std::string_view::npos;
}

/// The place [level] activations up, as the caller of warn sees them. False = exception pending.
bool placeAt_py(int64_t level, Place *place) {
  Frame *frame = krt_thread.frame;
  if (level <= 0 || !frame || isImportFrame(frame)) {
    while (--level > 0 && frame)
      frame = frame->back;
  } else {
    while (--level > 0 && frame)
      do
        frame = frame->back;
      while (frame && isImportFrame(frame));
  }
  Dict *globals = frame ? frame->globals : krt_state_sys()->dict;
  place->filename = frame ? frame->code->filename : strIntern("sys");
  place->line = frame ? krt_frame_line(frame) : 1;
  Value registry = krt_dict_get_str(globals, KSTR(__warningregistry__));
  if (!registry) {
    if (errorPending())
      return false;
    registry = krt_dict_new();
    krt_dict_set_str(globals, KSTR(__warningregistry__), registry);
  }
  place->registry = registry;
  Value name = krt_dict_get_str(globals, KSTR(__name__));
  place->module = name && (name == kNone || strCheck(name)) ? name : Value(strIntern("<string>"));
  return !errorPending();
}

Value warnAt_py(Value message, Value category, int64_t level, Value source) {
  Place place;
  if (!placeAt_py(level, &place))
    return {};
  return issue_py(message, category, place, Value(), source);
}

int warnHook_py(Class *category, Str *message, int stackLevel) {
  return warnAt_py(message, category, stackLevel, Value()) ? 0 : -1;
}
int warnExplicitHook_py(Class *category, Str *message, Str *filename, int32_t line) {
  return issue_py(message, category, {filename, line, Value(), kNone}, Value(), Value()) ? 0 : -1;
}

/// The line that the loader of a module knows, or null (without an exception unless one is pending).
Value loaderLine_py(Dict *globals, int64_t line) {
  Value loader = krt_dict_get_str(globals, KSTR(__loader__)),
        name = krt_dict_get_str(globals, KSTR(__name__));
  if (!loader || !name)
    return {};
  Value get = krt_getattr_optional_py(loader, KSTR(get_source));
  if (!get)
    return {};
  Value source = TRY(krt_call1_py(get, name));
  if (source == kNone)
    return {};
  Value lines = TRY(krt_call1_py(TRY(krt_getattr_py(&krt_str_class, KSTR(splitlines))), source));
  Value at = krt_int_from_i64(line - 1);
  return krt_getitem_py(lines, at);
}

} // namespace

Value krt__warnings_warn_py(Value message, Value category, int64_t stackLevel, Value source) {
  if (TRY_INT(krt_isinstance_py(message, kWarning)))
    category = classOf(message);
  else if (!category || category == kNone)
    category = kUserWarning;
  bool good = hasClassFlag(category, kClassTypeSub) && krt_subclass(category.as<Class>(), kWarning);
  if (!good)
    return krt_raise(kTypeError, "category must be a Warning subclass, not '%s'",
                     krt_class_name(classOf(category)));
  return warnAt_py(message, category, stackLevel, source == kNone ? Value() : source);
}

Value krt__warnings_warnExplicit_py(Value message, Value category, Str *filename, int64_t line, Value module,
                                    Value registry, Value globals, Value source) {
  Value sourceLine;
  if (globals && globals != kNone) {
    if (!hasClassFlag(globals, kClassDictSub))
      return krt_raise(kTypeError, "module_globals must be a dict, not '%.200T'", globals);
    sourceLine = loaderLine_py(globals.as<Dict>(), line);
    if (!sourceLine && errorPending())
      return {};
  }
  return issue_py(message, category, {filename, line, module, registry}, sourceLine,
                  source == kNone ? Value() : source);
}

Value krt__warnings_filtersMutated() {
  ++filtersVersion;
  return kNone;
}

int krt_warn_of_import_py(const char *text) {
  Frame *frame = krt_thread.frame;
  int level = 1;
  for (; frame && level < 7; ++level)
    frame = frame->back;
  Frame *caller = frame ? frame->back : nullptr;
  if (caller && frame->code->name == strIntern("_gcd_import") &&
      caller->code->name == strIntern("__import__") &&
      strView(caller->code->filename) == "<frozen importlib._bootstrap>")
    level += 2;
  return krt_warn_py(kDeprecationWarning, level, "%s", text);
}

void warningsStart() {
  makeFilters();
  krt_warn_hook_py = warnHook_py;
  krt_warn_explicit_hook_py = warnExplicitHook_py;
}

bool krt__warnings_init(Module *module) {
  krt_dict_set_str(module->dict, KSTR(filters), filters);
  krt_dict_set_str(module->dict, KSTR(_onceregistry), onceRegistry);
  krt_dict_set_str(module->dict, KSTR(_defaultaction), defaultAction);
  return true;
}

} // namespace krait
