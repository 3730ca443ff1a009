// _elementtree_parser.cpp - see _elementtree_parser.h. A TreeBuilder of exactly that class is called
// directly, and gets text as bytes of UTF-8, from which one object is made where an element needs it. As in
// CPython the library goes on after a handler has raised; the handlers called then do nothing.
#include "stdlib/native/_elementtree_parser.h"
#include "runtime/gc/closer.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/function.h"
#include "stdlib/native/_collections.h"
#include "stdlib/native/_elementtree.h"
#include "stdlib/native/_elementtree_builder.h"
#include "stdlib/native/class_module.h"
#include "stdlib/native/expat_encoding.h"

#include <expat.h>

#include <climits>

#include "stdlib/native/_elementtree_parser.bind.inc"

namespace krait {

/// The names met so far, as the library writes them, with their text as Python sees it.
struct ParserName {
  uint64_t hash;
  const char *bytes; // collector-owned
  size_t size;
  Str *text; // null: free
};

struct TreeParser : Object {
  XML_Parser parser; // null before __init__
  bool parsing;
  Value target;
  TreeBuilder *builder; // the target if it is a TreeBuilder of exactly that class
  Dict *entity;
  ParserName *names; // collector-owned, open addressing
  size_t nameCount, nameRoom;
  Value start, end, data, comment, pi, close, doctype, startNs, endNs; // methods of the target, null: none
};

namespace {

constexpr int kFileBlock = 64 * 1024;

TreeParser *parserOf(Value v) { return v.as<TreeParser>(); }
TreeParser *parserOf(void *user) { return static_cast<TreeParser *>(user); }
Str *text(const XML_Char *chars) { return strFrom(chars); }

void endParser(Object *object) {
  if (XML_Parser parser = static_cast<TreeParser *>(object)->parser)
    XML_ParserFree(parser);
}

uint64_t hashOf(const char *bytes, size_t size) {
  uint64_t hash = size * 0x9e3779b97f4a7c15;
  for (size_t i = 0; i < size; ++i)
    hash = (hash ^ static_cast<uint8_t>(bytes[i])) * 0x100000001b3;
  return hash ^ hash >> 29;
}

ParserName *findName(TreeParser *self, uint64_t hash, const char *bytes, size_t size) {
  for (size_t i = hash & (self->nameRoom - 1);; i = (i + 1) & (self->nameRoom - 1)) {
    ParserName *row = &self->names[i];
    if (!row->text || (row->hash == hash && row->size == size && std::memcmp(row->bytes, bytes, size) == 0))
      return row;
  }
}

void growNames(TreeParser *self) {
  ParserName *old = self->names;
  size_t room = self->nameRoom;
  self->nameRoom = room ? room * 2 : 64;
  self->names = static_cast<ParserName *>(gcAllocate(self->nameRoom * sizeof(ParserName)));
  for (size_t i = 0; i < room; ++i)
    if (old[i].text)
      *findName(self, old[i].hash, old[i].bytes, old[i].size) = old[i];
}

/// The name of a tag or attribute, which the library writes "URI}local", as "{URI}local".
Str *universal(TreeParser *self, const XML_Char *chars) {
  size_t size = std::strlen(chars);
  uint64_t hash = hashOf(chars, size);
  if (self->nameCount * 2 >= self->nameRoom)
    growNames(self);
  ParserName *row = findName(self, hash, chars, size);
  if (!row->text) {
    auto *kept = static_cast<char *>(gcAllocateAtomic(size + 2));
    kept[0] = '{';
    std::memcpy(kept + 1, chars, size);
    bool qualified = std::memchr(chars, '}', size);
    auto *bytes = static_cast<char *>(gcAllocateAtomic(size + 1));
    std::memcpy(bytes, chars, size);
    Str *made = qualified ? strFrom({kept, size + 1}) : strFrom({chars, size});
    *row = {hash, bytes, size, made};
    ++self->nameCount;
  }
  return row->text;
}

Value raiseError(TreeParser *self, XML_Error code, const char *message, size_t size) {
  KRT_ALLOW_PY("the class is a plain native exception class");
  auto line = static_cast<int64_t>(XML_GetErrorLineNumber(self->parser)),
       column = static_cast<int64_t>(XML_GetErrorColumnNumber(self->parser));
  Value error = TRY(krt_call1_py(
      elementParseError, krt_str_format("%S: line %lld, column %lld", Value(strFrom({message, size})),
                                        static_cast<long long>(line), static_cast<long long>(column))));
  Value position[2] = {smallInt(line), smallInt(column)};
  if (krt_setattr_py(error, KSTR(code), smallInt(code)) < 0 ||
      krt_setattr_py(error, KSTR(position), krt_tuple_from(position, 2)) < 0)
    return {};
  return krt_raise_value(error);
}

// ---- What the library calls -----------------------------------------------------------------------------

void XMLCALL onStart(void *user, const XML_Char *element, const XML_Char **attributes) {
  TreeParser *self = parserOf(user);
  if (errorPending() || (!self->builder && !self->start))
    return;
  Str *tag = universal(self, element);
  Dict *dict = nullptr;
  if (attributes[0] || !self->builder) {
    dict = krt_dict_new();
    for (; attributes[0]; attributes += 2)
      krt_dict_set_str(dict, universal(self, attributes[0]), text(attributes[1]));
  }
  if (self->builder)
    builderStart_py(self->builder, tag, dict);
  else
    krt_call2_py(self->start, tag, dict);
}

void XMLCALL onEnd(void *user, const XML_Char *element) {
  TreeParser *self = parserOf(user);
  if (errorPending())
    return;
  if (self->builder)
    krt_tree_builder_end_py(self->builder, kNone);
  else if (self->end)
    krt_call1_py(self->end, universal(self, element));
}

void giveText_py(TreeParser *self, std::string_view chars) {
  if (self->builder)
    builderText(self->builder, chars);
  else if (self->data)
    krt_call1_py(self->data, strFrom(chars));
}

void XMLCALL onText(void *user, const XML_Char *chars, int size) {
  if (!errorPending())
    giveText_py(parserOf(user), {chars, static_cast<size_t>(size)});
}

/// Everything without a handler of its own; of that, references to entities.
void XMLCALL onDefault(void *user, const XML_Char *chars, int size) {
  TreeParser *self = parserOf(user);
  if (size < 2 || chars[0] != '&' || errorPending())
    return;
  Value value = krt_dict_get_py(self->entity, strFrom({chars + 1, static_cast<size_t>(size - 2)}));
  if (value) {
    if (self->builder)
      krt_tree_builder_data(self->builder, value);
    else if (self->data)
      krt_call1_py(self->data, value);
  } else if (!errorPending()) {
    std::string message =
        "undefined entity " + std::string(chars, static_cast<size_t>(size < 100 ? size : 100));
    raiseError(self, XML_ERROR_UNDEFINED_ENTITY, message.data(), message.size());
  }
}

void XMLCALL onStartNs(void *user, const XML_Char *prefix, const XML_Char *uri) {
  TreeParser *self = parserOf(user);
  if (errorPending() || !(self->builder ? self->builder->startNsEvent : self->startNs))
    return;
  Value pair[2] = {text(prefix ? prefix : ""), text(uri ? uri : "")};
  if (self->builder)
    builderReport_py(self->builder, self->builder->startNsEvent, krt_tuple_from(pair, 2));
  else
    krt_call2_py(self->startNs, pair[0], pair[1]);
}

void XMLCALL onEndNs(void *user, const XML_Char *prefix) {
  TreeParser *self = parserOf(user);
  if (errorPending())
    return;
  if (self->builder)
    builderReport_py(self->builder, self->builder->endNsEvent, kNone);
  else if (self->endNs)
    krt_call1_py(self->endNs, text(prefix ? prefix : ""));
}

void XMLCALL onComment(void *user, const XML_Char *chars) {
  TreeParser *self = parserOf(user);
  if (errorPending())
    return;
  if (self->builder)
    krt_tree_builder_comment_py(self->builder, text(chars));
  else if (self->comment)
    krt_call1_py(self->comment, text(chars));
}

void XMLCALL onInstruction(void *user, const XML_Char *target, const XML_Char *chars) {
  TreeParser *self = parserOf(user);
  if (errorPending())
    return;
  if (TreeBuilder *builder = self->builder) {
    if ((builder->report && builder->instructionEvent) || builder->insertInstructions)
      krt_tree_builder_pi_py(builder, text(target), text(chars));
  } else if (self->pi) {
    krt_call2_py(self->pi, text(target), text(chars));
  }
}

void XMLCALL onStartDoctype(void *user, const XML_Char *doctype, const XML_Char *systemId,
                            const XML_Char *publicId, int) {
  TreeParser *self = parserOf(user);
  if (errorPending())
    return;
  if (self->doctype) {
    krt_call3_py(self->doctype, universal(self, doctype), publicId ? Value(text(publicId)) : kNone,
                 systemId ? Value(text(systemId)) : kNone);
  } else if (krt_getattr_optional_py(self, KSTR(doctype))) {
    krt_warn_py(kRuntimeWarning, 1,
                "The doctype() method of XMLParser is ignored.  "
                "Define doctype() method on the TreeBuilder target.");
  }
}

int XMLCALL onUnknownEncoding(void *, const XML_Char *encoding, XML_Encoding *info) {
  return !errorPending() && expatEncoding_py(encoding, info) ? XML_STATUS_OK : XML_STATUS_ERROR;
}

// ---- The object -------------------------------------------------------------------------------------------

Value makeParser(Class *cls, const Value *, size_t, Tuple *) {
  Value made = krt_instance_new(cls, 0);
  krt_gc_set_end(made.asObject(), endParser);
  return made;
}

/// Sets the handlers that depend on what the target has.
void announce(TreeParser *self) {
  XML_Parser p = self->parser;
  XML_SetUserData(p, self);
  XML_SetElementHandler(p, onStart, onEnd);
  XML_SetDefaultHandlerExpand(p, onDefault);
  XML_SetCharacterDataHandler(p, onText);
  if (self->startNs || self->endNs)
    XML_SetNamespaceDeclHandler(p, onStartNs, onEndNs);
  if (self->comment)
    XML_SetCommentHandler(p, onComment);
  if (self->pi)
    XML_SetProcessingInstructionHandler(p, onInstruction);
  XML_SetStartDoctypeDeclHandler(p, onStartDoctype);
  XML_SetUnknownEncodingHandler(p, onUnknownEncoding, nullptr);
}

int refuseReentry() { return raiseInt(kRuntimeError, "the parser is called by one of its own handlers"); }

/// XMLParser(*, target=None, encoding=None)
int initParser(Value v, const Value *args, size_t nargs, Tuple *kwnames) {
  KRT_ALLOW_PY("the slot init may run Python code");
  static const ParamInfo params[] = {{"target", false, false}, {"encoding", false, false}};
  static const SignatureInfo signature = {
      "XMLParser", "tree_parser", &krt_tree_parser_class, NativeKind::New, 0, 0, 0, 2, false, false, params};
  Value out[2];
  if (!krt_args_parse(&signature, args, nargs, kwnames, out, nullptr, nullptr))
    return -1;
  if (out[1] && out[1] != kNone && !strCheck(out[1]))
    return raiseInt(kTypeError, "XMLParser() argument 'encoding' must be str or None, not %T", out[1]);
  TreeParser *self = parserOf(v);
  if (self->parsing)
    return refuseReentry();
  size_t size;
  const char *encoding =
      out[1] && out[1] != kNone ? TRY_OR_MINUS(krt_str_utf8(out[1].as<Str>(), &size)) : nullptr;
  Value target = out[0] && out[0] != kNone ? out[0] : TRY_OR_MINUS(krt_call0_py(&krt_tree_builder_class));
  const std::pair<const char *, Value *> methods[] = {
      {"start", &self->start},     {"data", &self->data},
      {"end", &self->end},         {"comment", &self->comment},
      {"pi", &self->pi},           {"close", &self->close},
      {"doctype", &self->doctype}, {"start_ns", &self->startNs},
      {"end_ns", &self->endNs},
  };
  for (auto [name, field] : methods) {
    *field = krt_getattr_optional_py(target, strIntern(name));
    if (errorPending())
      return -1;
  }
  XML_Parser made = XML_ParserCreate_MM(encoding, nullptr, "}");
  if (!made)
    return krt_raise_memory(), -1;
  if (self->parser)
    XML_ParserFree(self->parser);
  self->parser = made;
  self->entity = krt_dict_new();
  self->names = nullptr;
  self->nameCount = self->nameRoom = 0;
  self->target = target;
  self->builder = isExact(target, krt_tree_builder_class) ? target.as<TreeBuilder>() : nullptr;
  announce(self);
  return 0;
}

bool ready(TreeParser *self) {
  if (!self->parser)
    krt_raise(kValueError, "XMLParser.__init__() wasn't called");
  else if (self->parsing)
    refuseReentry();
  return self->parser && !self->parsing;
}

/// Hands bytes to the library; None, or null with an exception pending.
Value parse_py(TreeParser *self, const void *bytes, size_t size, bool final) {
  if (size > INT_MAX)
    return krt_raise(kOverflowError, "size does not fit in an int");
  self->parsing = true;
  XML_Status status =
      XML_Parse(self->parser, static_cast<const char *>(bytes), static_cast<int>(size), final);
  self->parsing = false;
  if (errorPending())
    return {};
  if (status == XML_STATUS_OK)
    return kNone;
  XML_Error code = XML_GetErrorCode(self->parser);
  const char *message = XML_ErrorString(code);
  return raiseError(self, code, message, std::strlen(message));
}

} // namespace

Value krt_tree_parser_feed_py(Value v, Value data) {
  TreeParser *self = parserOf(v);
  if (!ready(self))
    return {};
  if (strCheck(data)) {
    size_t size;
    const char *bytes = TRY(krt_str_utf8(data.as<Str>(), &size));
    if (size > INT_MAX)
      return krt_raise(kOverflowError, "size does not fit in an int");
    XML_SetEncoding(self->parser, "utf-8");
    return parse_py(self, bytes, size, false);
  }
  BytesLike bytes;
  if (!bytes.acquire_py(data))
    return {};
  return parse_py(self, bytes.data(), static_cast<size_t>(bytes.size()), false);
}

Value krt_tree_parser_close_py(Value v) {
  TreeParser *self = parserOf(v);
  if (!ready(self))
    return {};
  TRY(parse_py(self, "", 0, true));
  if (self->builder)
    return krt_tree_builder_close(self->builder);
  return self->close ? krt_call0_py(self->close) : kNone;
}

Value krt_tree_parser_parseWhole_py(Value v, Value file) {
  TreeParser *self = parserOf(v);
  if (!ready(self))
    return {};
  Value read = TRY(krt_getattr_py(file, KSTR(read)));
  for (;;) {
    Value block = TRY(krt_call1_py(read, smallInt(kFileBlock)));
    const void *bytes;
    size_t size;
    if (isExact(block, krt_str_class))
      bytes = krt_str_utf8_lossy(block.as<Str>(), &size);
    else if (isExact(block, krt_bytes_class))
      bytes = block.as<Bytes>()->data, size = static_cast<size_t>(block.as<Bytes>()->length);
    else
      break;
    if (!size)
      break;
    if (!ready(self))
      return {};
    TRY(parse_py(self, bytes, size, false));
  }
  if (!ready(self))
    return {};
  TRY(parse_py(self, "", 0, true));
  return self->builder ? krt_tree_builder_close(self->builder) : kNone;
}

Value krt_tree_parser_setEvents_py(Value v, Value queue, Value wanted) {
  TreeParser *self = parserOf(v);
  if (!ready(self))
    return {};
  TreeBuilder *builder = self->builder;
  if (!builder)
    return krt_raise(kTypeError, "event handling only supported for ElementTree.TreeBuilder targets");
  builder->report = isExact(queue, krt_deque_class) ? queue : TRY(krt_getattr_py(queue, KSTR(append)));
  for (Value *event : {&builder->startEvent, &builder->endEvent, &builder->startNsEvent, &builder->endNsEvent,
                       &builder->commentEvent, &builder->instructionEvent})
    *event = {};
  if (wanted == kNone) {
    builder->endEvent = KSTR(end);
    return kNone;
  }
  Value names = krt_tuple_from_py(wanted);
  if (!names)
    return krt_error_clear_if(kTypeError) ? krt_raise(kTypeError, "events must be a sequence") : Value();
  for (int64_t i = 0; i < names.as<Tuple>()->length; ++i) {
    Value event = names.as<Tuple>()->items[i];
    std::string_view name;
    if (strCheck(event))
      name = strView(event.as<Str>());
    else if (bytesCheck(event))
      name = {reinterpret_cast<const char *>(event.as<Bytes>()->data),
              static_cast<size_t>(event.as<Bytes>()->length)};
    else
      return krt_raise(kValueError, "invalid events sequence");
    if (name == "start") {
      builder->startEvent = event;
    } else if (name == "end") {
      builder->endEvent = event;
    } else if (name == "start-ns") {
      builder->startNsEvent = event;
      XML_SetNamespaceDeclHandler(self->parser, onStartNs, onEndNs);
    } else if (name == "end-ns") {
      builder->endNsEvent = event;
      XML_SetNamespaceDeclHandler(self->parser, onStartNs, onEndNs);
    } else if (name == "comment") {
      builder->commentEvent = event;
      XML_SetCommentHandler(self->parser, onComment);
    } else if (name == "pi") {
      builder->instructionEvent = event;
      XML_SetProcessingInstructionHandler(self->parser, onInstruction);
    } else {
      return krt_raise(kValueError, "unknown event '%S'", Value(strFrom(name)));
    }
  }
  return kNone;
}

Value krt_tree_parser_entity(Value v) { return parserOf(v)->entity ? Value(parserOf(v)->entity) : kNone; }
Value krt_tree_parser_target(Value v) { return parserOf(v)->target ? parserOf(v)->target : kNone; }
Value krt_tree_parser_version(Value) {
  return krt_str_format("Expat %d.%d.%d", XML_MAJOR_VERSION, XML_MINOR_VERSION, XML_MICRO_VERSION);
}

extern "C" {
Class krt_tree_parser_class = {
    .flags = kClassBase,
    .nativeName = "xml.etree.ElementTree.XMLParser",
    .basicSize = sizeof(TreeParser),
    .slots = {.init = initParser, .make = makeParser},
    .methods = krt_tree_parser_defs,
};
}

} // namespace krait
