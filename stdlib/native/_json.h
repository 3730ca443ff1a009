// _json.h - the module _json: what the package json does character by character.
#pragma once

#include "runtime/abi/annotations.h"
#include "runtime/abi/types.h"

namespace krait {

struct JsonScanner : Object {
  Value strict, objectHook, pairsHook, parseFloat, parseInt, parseConstant;
  bool isStrict;
};
struct JsonEncoder : Object {
  Value markers, fallback, encoder, indent, sortKeys, skipKeys;
  Str *keySeparator, *itemSeparator;
  bool sorts, skips, allowNan;
};

KRT_MODULE(_json, "Speedups of the package json.");

extern "C" {
extern Class krt_json_scanner_class, krt_json_encoder_class;
KRT_MODULE_INIT(_json)
bool krt__json_init(Module *module);

/// The text of a string literal that begins before end, and where it ended.
KRT_FUNCTION(_json, "scanstring(string, end, strict=True, /)", KRT_RUNS_PY, KRT_NO_SIGNATURE)
Value krt__json_scanstring_py(Value string, int64_t end, bool strict);
/// The text as a JSON string in ASCII.
KRT_FUNCTION(_json, "encode_basestring_ascii(string, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__json_encodeAscii(Value string);
/// The text as a JSON string.
KRT_FUNCTION(_json, "encode_basestring(string, /)", KRT_RAISES, KRT_COLLECTS, KRT_NO_SIGNATURE)
Value krt__json_encode(Value string);

KRT_NEW(json_scanner, "Scanner(context)", KRT_RUNS_PY)
Value krt_json_scanner_create_py(Class *cls, Value context);
KRT_GETTER(json_scanner, "strict") Value krt_json_scanner_strict(Value self);
KRT_GETTER(json_scanner, "object_hook") Value krt_json_scanner_objectHook(Value self);
KRT_GETTER(json_scanner, "object_pairs_hook") Value krt_json_scanner_pairsHook(Value self);
KRT_GETTER(json_scanner, "parse_float") Value krt_json_scanner_parseFloat(Value self);
KRT_GETTER(json_scanner, "parse_int") Value krt_json_scanner_parseInt(Value self);
KRT_GETTER(json_scanner, "parse_constant") Value krt_json_scanner_parseConstant(Value self);

KRT_NEW(json_encoder, "make_encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
        KRT_RUNS_PY)
Value krt_json_encoder_create_py(Class *cls, Value markers, Value fallback, Value encoder, Value indent, Str *keySeparator,
                                 Str *itemSeparator, Value sortKeys, Value skipKeys, bool allowNan);
KRT_GETTER(json_encoder, "markers") Value krt_json_encoder_markers(Value self);
KRT_GETTER(json_encoder, "default") Value krt_json_encoder_default(Value self);
KRT_GETTER(json_encoder, "encoder") Value krt_json_encoder_encoder(Value self);
KRT_GETTER(json_encoder, "indent") Value krt_json_encoder_indent(Value self);
KRT_GETTER(json_encoder, "key_separator") Value krt_json_encoder_keySeparator(Value self);
KRT_GETTER(json_encoder, "item_separator") Value krt_json_encoder_itemSeparator(Value self);
KRT_GETTER(json_encoder, "sort_keys") Value krt_json_encoder_sortKeys(Value self);
KRT_GETTER(json_encoder, "skipkeys") Value krt_json_encoder_skipKeys(Value self);
}

} // namespace krait
