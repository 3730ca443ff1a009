// The hooks of the recording interpreter: symbols for shapes, callees and globals, and a block for each code
// object.
#include "profiler/record/recorder.h"

#include "profiler/format/counter_reader.h"
#include "profiler/format/symbol.h"
#include "runtime/abi/native.h"
#include "runtime/abi/opcodes.h"
#include "runtime/abi/thread.h"
#include "runtime/interp/record_hooks.h"
#include "runtime/object/class.h"
#include "runtime/object/containers.h"
#include "runtime/object/function.h"
#include "runtime/object/str.h"

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <unistd.h>
#include <unordered_map>
#include <vector>

namespace krait {

namespace {

struct Recorder {
  CounterWriter writer;
  std::string profilePath, livePath;
  bool forked = false; // this process is a child of the one that began
  bool finished = false;
  std::unordered_map<std::string, CodeBlock *> blocks; // a module executed twice goes on counting
};
Recorder *recorder = nullptr; // never freed: blocks may be written to until the process ends

/// Asking for names may look into dicts while an exception is on its way, which must not notice.
class KeepPending {
public:
  KeepPending() : pending_(krt_thread.pending) { krt_thread.pending = {}; }
  ~KeepPending() { krt_thread.pending = pending_; }

private:
  decltype(krt_thread.pending) pending_;
};

// ---- Names ------------------------------------------------------------------------------------------

std::string textOf(Value value) {
  return value && isExact(value, krt_str_class) ? std::string(strView(value.as<Str>())) : std::string();
}

std::string stringIn(Dict *dict, const char *key) {
  return dict ? textOf(krt_dict_get_str(dict, strIntern(key))) : std::string();
}

/// Built-in classes have no module.
ProfileSymbol classSymbol(Class *cls, ProfileSymbol::Kind kind) {
  ProfileSymbol symbol{kind, "", ""};
  if (cls->nativeName) {
    std::string_view name = cls->nativeName;
    size_t dot = name.rfind('.');
    symbol.name = dot == std::string_view::npos ? name : name.substr(dot + 1);
    symbol.module = dot == std::string_view::npos ? "" : name.substr(0, dot);
  } else {
    symbol.name = cls->qualname ? std::string(strView(cls->qualname)) : "?";
    symbol.module = stringIn(cls->dict, "__module__");
  }
  if (symbol.module == "builtins")
    symbol.module.clear();
  return symbol;
}

ProfileSymbol shapeSymbol(Shape *shape) {
  if (shape->cls == &krt_int_class) // small ones have no shape
    return {ProfileSymbol::Kind::Type, "", kBuiltinKindNames[static_cast<size_t>(BuiltinKind::BigInt)]};
  bool isPlain =
      shape->cls->nativeName || (shape->flags & kShapeDictMode) || !krt_class_is_plain(shape->cls) ||
      (!shape->count && !krt_class_makes_plain(shape->cls) && !krt_class_makes_exception(shape->cls));
  ProfileSymbol symbol =
      classSymbol(shape->cls, isPlain ? ProfileSymbol::Kind::Type : ProfileSymbol::Kind::Shape);
  if (isPlain)
    return symbol;
  for (Shape *at = shape; at && at->name; at = at->parent)
    symbol.attributes.emplace_back(strView(at->name));
  MemberDescriptor *members[kMaxMembers];
  int64_t count = krt_class_members(shape->cls, members);
  if (count < 0 || shape->count > shape->inlineSlots) {
    symbol.attributes.push_back("...");
    count = 0;
  }
  while (count-- > 0)
    symbol.attributes.push_back("." + std::string(strView(members[count]->name)));
  std::reverse(symbol.attributes.begin(), symbol.attributes.end());
  return symbol;
}

ProfileSymbol functionSymbol(Function *function) {
  ProfileSymbol symbol{ProfileSymbol::Kind::Function, stringIn(function->globals, "__name__"), "?"};
  // The code's name: __qualname__ may have been assigned.
  symbol.name = strView(function->code->qualname);
  symbol.ordinal = function->code->ordinal;
  return symbol;
}

ProfileSymbol nativeSymbol(NativeFunction *function) {
  ProfileSymbol symbol{ProfileSymbol::Kind::Builtin, "", function->def->name};
  if (function->cls) {
    ProfileSymbol owner = classSymbol(function->cls, ProfileSymbol::Kind::Class);
    symbol.module = owner.module;
    symbol.name = owner.name + '.' + symbol.name;
  } else {
    symbol.module = textOf(function->module);
    if (symbol.module == "builtins")
      symbol.module.clear();
  }
  return symbol;
}

/// Functions, classes and modules are known by what they are; of all else [otherwise] is told with the class.
ProfileSymbol identitySymbol(Value value, ProfileSymbol::Kind otherwise) {
  Class *cls = classOf(value);
  if (isExact(value, krt_method_class))
    return identitySymbol(value.as<BoundMethod>()->function, otherwise);
  if (isExact(value, krt_function_class))
    return functionSymbol(value.as<Function>());
  if (isExact(value, krt_module_class))
    return {ProfileSymbol::Kind::Module, "", stringIn(value.as<Module>()->dict, "__name__")};
  if (cls->flags & kClassTypeSub)
    return classSymbol(value.as<Class>(), ProfileSymbol::Kind::Class);
  if (isExact(value, krt_native_function_class) || isExact(value, krt_method_descriptor_class))
    return nativeSymbol(value.as<NativeFunction>());
  return classSymbol(cls, otherwise);
}

// ---- The hooks --------------------------------------------------------------------------------------

std::vector<uint16_t> siteOpcodes(const Code *code) {
  std::vector<uint16_t> opcodes(code->siteCount);
  for (uint32_t at = 0; at < code->unitCount;) {
    const OpcodeInfo &info = opcodeInfo(Opcode(code->units[at]));
    if (info.siteUnit >= 0)
      opcodes[readWide(code->units + at + info.siteUnit)] = code->units[at];
    at += info.length;
  }
  return opcodes;
}

uint32_t parameterCount(const Code *code) {
  return code->argCount + code->kwOnlyCount + ((code->flags & kCodeVarArgs) != 0) +
         ((code->flags & kCodeVarKeywords) != 0);
}

CodeBlock *addCode(Code *code, Dict *globals) {
  KeepPending keep;
  std::string module = stringIn(globals, "__name__");
  std::string qualname(strView(code->qualname));
  CodeName name{module.empty() ? std::string_view("?") : std::string_view(module), qualname, code->ordinal,
                code->hash};
  std::string key = std::string(name.module) + '\n' + qualname + '\n' + std::to_string(name.ordinal) + '\n' +
                    std::to_string(name.hash) + '\n' + std::to_string(code->siteCount) + '\n' +
                    std::to_string(parameterCount(code));
  CodeBlock *&block = recorder->blocks[key];
  if (!block)
    block = recorder->writer.addCode(name, siteOpcodes(code).data(), code->siteCount, parameterCount(code));
  return block;
}

uint32_t shapeId(Shape *shape) {
  KeepPending keep;
  return recorder->writer.intern(shapeSymbol(shape));
}

uint32_t targetId(Value callee) {
  KeepPending keep;
  return recorder->writer.intern(identitySymbol(callee, ProfileSymbol::Kind::Type));
}

uint32_t constantId(Value value) {
  KeepPending keep;
  return recorder->writer.intern(identitySymbol(value, ProfileSymbol::Kind::Constant));
}

void finalShape(CodeBlock *block, uint32_t site, uint32_t shape) {
  recorder->writer.noteFinalShape(block, site, shape);
}

void raised(CodeBlock *block, uint32_t site, Value exception) {
  KeepPending keep;
  if (exception.isObject())
    recorder->writer.noteException(
        block, site, recorder->writer.intern(classSymbol(classOf(exception), ProfileSymbol::Kind::Type)));
}

} // namespace

// ---- The recording ----------------------------------------------------------------------------------

namespace {

/// In a child of a fork.
void forked(bool becomesOther) {
  if (becomesOther)
    return recorder->writer.detach();
  recorder->forked = true;
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now); // process numbers come again
  std::string path =
      recorder->livePath + '.' + std::to_string(getpid()) + '-' +
      std::to_string(static_cast<uint64_t>(now.tv_sec) * 1000000000 + static_cast<uint64_t>(now.tv_nsec));
  recorder->writer.continueIn(path.c_str());
}

void exiting() {
  std::string error;
  if (!finishRecording(&error))
    std::fprintf(stderr, "krait: cannot write the profile: %s\n", error.c_str());
}

/// The files of forked children, of this recording or of an earlier one that was killed.
std::vector<std::string> childFiles() {
  std::filesystem::path live(recorder->livePath);
  std::string front = live.filename().string() + '.';
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto &entry : std::filesystem::directory_iterator(live.parent_path(), error)) {
    std::string name = entry.path().filename().string();
    if (name.starts_with(front) && name.find_first_not_of("0123456789-", front.size()) == std::string::npos)
      paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

} // namespace

bool startRecording(const char *profilePath, std::string *error) {
  recorder = new Recorder;
  // The program may change its folder.
  std::error_code code;
  recorder->profilePath = std::filesystem::absolute(profilePath, code).string();
  recorder->livePath = recorder->profilePath + ".live";
  for (const std::string &path : childFiles())
    unlink(path.c_str());
  krt_record_hooks = {&addCode, &shapeId, &targetId, &constantId, &finalShape, &raised, &forked, &exiting};
  return recorder->writer.open(recorder->livePath.c_str(), error);
}

bool finishRecording(std::string *error) {
  if (recorder && recorder->finished)
    return true;
  if (recorder && recorder->forked) {
    recorder->writer.close();
    return recorder->finished = true;
  }
  if (!recorder || !recorder->writer.isRecording()) {
    *error = "nothing was recorded: the live profile could not be written";
    return false;
  }
  recorder->writer.close();
  Profile profile;
  ProfileError fault;
  if (!loadProfile(recorder->livePath.c_str(), profile, fault)) {
    *error = fault.describe(recorder->livePath);
    return false;
  }
  // A child that still runs gives what it has counted so far.
  std::vector<std::string> children = childFiles();
  for (const std::string &path : children)
    if (Profile part; loadProfile(path.c_str(), part, fault) && !mergeProfile(profile, part)) {
      *error = "the profile of a forked process does not fit";
      return false;
    }
  if (!saveProfile(recorder->profilePath.c_str(), profile, error))
    return false;
  unlink(recorder->livePath.c_str());
  for (const std::string &path : children)
    unlink(path.c_str());
  return recorder->finished = true;
}

void recordImport(Code *importer, std::string_view module) {
  if (recorder && importer->record)
    recorder->writer.noteImport(static_cast<CodeBlock *>(importer->record), module);
}

void recordOpen(Code *opener, std::string_view file) {
  if (recorder && opener->record)
    recorder->writer.noteOpen(static_cast<CodeBlock *>(opener->record), file);
}

} // namespace krait
