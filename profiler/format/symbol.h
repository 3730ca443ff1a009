// Symbols: how a profile names classes, shapes, functions and modules, across processes and without
// addresses.
//
//   int  app:Vec              instances of a class (built-in classes have no module)
//   app:Vec{x,y,z}            objects of one shape: a class and its attributes in the order they were made
//   @function(app:f#1)        one Python function; #1: the second of this name in its module
//   @class(app:Vec)           one class;  @module(os.path)  one module;  @builtin(math:sqrt)  one native
//   function
//   @constant(float)          a value bound once, of which only the class is told
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace krait {

struct ProfileSymbol {
  enum class Kind : uint8_t { Type, Shape, Function, Class, Module, Builtin, Constant };

  Kind kind = Kind::Type;
  std::string module;                  // empty: built in
  std::string name;                    // qualified name
  uint32_t ordinal = 0;                // of functions
  std::vector<std::string> attributes; // of shapes

  friend std::strong_ordering operator<=>(const ProfileSymbol &, const ProfileSymbol &) = default;
};

/// Appends [name], bare if it can be read back so, else quoted with escapes for control and non-UTF-8 bytes.
void appendName(std::string &out, std::string_view name);

std::string spellSymbol(const ProfileSymbol &symbol);

/// Reads a symbol that is all of [text]; false if it is not one.
bool parseSymbol(std::string_view text, ProfileSymbol &symbol);

} // namespace krait
