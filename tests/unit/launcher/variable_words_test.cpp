#include "launcher/settings/variable_words.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Option& option(std::string_view name) { return *find_option(name); }

TEST(OwnWords, SplitsOnlyWhatTakesSeveral) {
  EXPECT_THAT(*own_words(option("server-name"), "a b"), ElementsAre("a b"));
  EXPECT_THAT(*own_words(option("python-path"), "a 'b c'"), ElementsAre("a", "b c"));
  EXPECT_THAT(*own_words(option("setenv"), "A=1 B='x y'"), ElementsAre("A", "1", "B", "x y"));
}

TEST(OwnWords, NamesABadPairByItsPlaceForItMayBeSecret) {
  const auto words = own_words(option("setenv"), "TOKEN=abc geheim");
  ASSERT_FALSE(words);
  EXPECT_THAT(words.error().detail, HasSubstr("word 2 is not NAME=VALUE"));
  EXPECT_THAT(words.error().detail, Not(HasSubstr("geheim")));
}

TEST(SwitchWords, TakeAnyTextButAPlainNo) {
  for (const char* const on : {"1", "yes", "x", " "})
    EXPECT_THAT(*switch_words(option("access-log"), on), ElementsAre("true"));
  for (const char* const off : {"0", "No", "off", "FALSE"})
    EXPECT_THAT(*switch_words(option("access-log"), off), ElementsAre("false"));
}

TEST(CommaWords, AreTrimmed) {
  EXPECT_THAT(*comma_words(option("trust-proxy"), "10.0.0.1, ::1,"),
              ElementsAre("10.0.0.1", "::1"));
}

TEST(AddressWords, AreNotTheNameThatAShellGivesTheMachine) {
  for (const char* const address : {"0.0.0.0", "::", "[::1]", "127.0.0.1", "localhost", "*"})
    EXPECT_THAT(*address_words(option("host"), address), ElementsAre(address));
  for (const char* const name : {"workstation", "build-7.example.org", "[x]"})
    EXPECT_THAT(*address_words(option("host"), name), IsEmpty());
}

TEST(ModuleWords, CannotBeMistakenForAFolder) {
  EXPECT_THAT(*module_words(option("entry-point"), "shop"), ElementsAre("shop:application"));
  EXPECT_THAT(*module_words(option("entry-point"), "shop.wsgi:app"), ElementsAre("shop.wsgi:app"));
}

}  // namespace
}  // namespace warp
