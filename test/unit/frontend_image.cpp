// The image format: what is written is read back, and damaged bytes are an error or code that still passes
// all checks.
#include "compiler/frontend/compile.h"
#include "compiler/frontend/disassemble.h"
#include "compiler/frontend/serialize.h"
#include "compiler/frontend/verify_code.h"

#include <gtest/gtest.h>

#include <random>

using namespace krait;

namespace {

constexpr const char *kProgram = R"(
"doc \udc80 \N{SNOWMAN}"
class C(B, metaclass=M):
    x: int = 2 ** 100
    def f(self, a=(1, 2.5, 3j, b"bytes", None), *b, c=..., **d):
        try:
            for i in {1, "two"}:
                yield [i for j in super().f(a, k=-10 ** 30) if j in {1, 2}]
        except (A, B) as e:
            with e as self.y, f"{a!r:>{b}}":
                return lambda: (e, c)
        finally:
            del a
)";

std::shared_ptr<CodeUnit> program() {
  CompileResult result = compileSource(kProgram, "<test>");
  EXPECT_TRUE(result.code) << result.error.message;
  return result.code;
}

TEST(CodeImage, RoundTrip) {
  auto code = program();
  std::string image = serializeCode(*code), error;
  auto again = deserializeCode(image, error);
  ASSERT_TRUE(again) << error;
  EXPECT_EQ(serializeCode(*again), image);
  DisassembleOptions options;
  options.positions = true;
  EXPECT_EQ(disassemble(*again, options), disassemble(*code, options));
  EXPECT_EQ(again->hash, code->hash);
}

TEST(CodeImage, EveryTruncationIsAnError) {
  std::string image = serializeCode(*program()), error;
  for (size_t size = 0; size < image.size(); ++size)
    EXPECT_FALSE(deserializeCode({image.data(), size}, error)) << size;
}

TEST(CodeImage, DamageIsFoundOrHarmless) {
  const std::string image = serializeCode(*program());
  std::mt19937 random(1);
  size_t refused = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string bytes = image, error;
    unsigned flips = 1 + random() % 4;
    for (unsigned i = 0; i < flips; ++i)
      bytes[random() % bytes.size()] = char(random() % 3 ? bytes[random() % bytes.size()] : random());
    auto code = deserializeCode(bytes, error);
    if (!code) {
      EXPECT_FALSE(error.empty());
      ++refused;
      continue;
    }
    verifyCode(*code);
    disassemble(*code);
  }
  EXPECT_GT(refused, 1000u);
}

TEST(CodeImage, ForeignBytes) {
  std::string error;
  EXPECT_FALSE(deserializeCode(std::string(200, 'x'), error));
  EXPECT_EQ(error, "not a code image");
  std::string image = serializeCode(*program());
  image[4] ^= 1;
  EXPECT_FALSE(deserializeCode(image, error));
  EXPECT_EQ(error, "code image of another version");
}

TEST(StructuralHash, LinesDoNotCount) {
  auto hash = [](const char *text) { return compileSource(text, "<test>").code->consts[0].code->hash; };
  uint64_t one = hash("def f(x):\n  return x + 1\n");
  EXPECT_EQ(one, hash("\n\n# comment\ndef f(x):\n\n  return x + 1\n"));
  EXPECT_NE(one, hash("def f(x):\n  return x + 2\n"));
  EXPECT_NE(one, hash("def f(x):\n  return x - 1\n"));
  EXPECT_NE(one, hash("def f(y):\n  return y + 1\n"));
}

} // namespace
