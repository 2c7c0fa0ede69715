#include "launcher/render/quote.hpp"

#include <gtest/gtest.h>

namespace warp {
namespace {

TEST(Quote, LeavesPlainArgumentsBare) {
  EXPECT_EQ(*quote_for_httpd("/srv/app_1.0:x"), "/srv/app_1.0:x");
  EXPECT_EQ(*quote_for_httpd("processes=2"), "processes=2");
}

TEST(Quote, PutsOthersInQuotes) {
  EXPECT_EQ(*quote_for_httpd("a b"), R"("a b")");
  EXPECT_EQ(*quote_for_httpd(""), R"("")");
  EXPECT_EQ(*quote_for_httpd("<x>"), R"("<x>")");
  EXPECT_EQ(*quote_for_httpd("#x"), R"("#x")");
  EXPECT_EQ(*quote_for_httpd("über"), "\"über\"");
}

TEST(Quote, KeepsQuotesAndBackslashesWithinTheArgument) {
  EXPECT_EQ(*quote_for_httpd(R"(a" b)"), R"("a\" b")");
  EXPECT_EQ(*quote_for_httpd(R"(end\)"), R"("end\\")");
}

TEST(Quote, KeepsHttpdFromReplacingNames) {
  EXPECT_EQ(*quote_for_httpd("${HOME}"), "\"${WARP_DOLLAR}{HOME}\"");
  EXPECT_EQ(*quote_for_httpd("$1 $$"), "\"$1 $$\"");
}

TEST(Quote, RefusesControlCharacters) {
  for (const std::string_view text : {"a\nb", "a\rb", "\x7f"}) EXPECT_FALSE(quote_for_httpd(text));
  EXPECT_FALSE(quote_for_httpd(std::string_view("a\0b", 3)));
}

TEST(Quote, KeepsAShellFromReadingAnythingIntoAWord) {
  EXPECT_EQ(quote_for_shell("/srv/a b"), "'/srv/a b'");
  EXPECT_EQ(quote_for_shell("it's $HOME `x`"), R"('it'\''s $HOME `x`')");
}

TEST(Quote, KeepsSystemdFromReadingAnythingIntoAWord) {
  EXPECT_EQ(quote_for_systemd(R"(a "b" \ 100% $HOME)"), R"("a \"b\" \\ 100%% $$HOME")");
  EXPECT_EQ(quote_text_for_systemd("/srv/a 100%"), "/srv/a 100%%");
}

TEST(Quote, MakesAYamlTextOfAnything) {
  EXPECT_EQ(*quote_for_yaml(""), R"("")");
  EXPECT_EQ(*quote_for_yaml("no"), R"("no")");
  EXPECT_EQ(*quote_for_yaml("a: \"b\" \\ # 'c'"), R"("a: \"b\" \\ # 'c'")");
  EXPECT_EQ(*quote_for_yaml(std::string_view("\n\0\x7f\x1b", 4)), R"("\x0a\x00\x7f\x1b")");
  // A next line, a line separator, a byte order mark and a face: all of UTF-8's sizes.
  EXPECT_EQ(*quote_for_yaml("\u0085\u2028\ufeff\U0001f600"), R"("\x85\u2028\ufeff\U0001f600")");
}

TEST(Quote, RefusesWhatIsNoUtf8ForYaml) {
  for (const std::string_view text :
       {"\xff", "\x80", "\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf0\x80\x80\x80",
        "\xf4\x90\x80\x80", "\xc3(", "a\xe2\x82"})
    EXPECT_FALSE(quote_for_yaml(text));
}

TEST(Regex, MatchesOnlyTheText) { EXPECT_EQ(regex_for("/a.b+(c)/"), R"(/a\.b\+\(c\)/)"); }

}  // namespace
}  // namespace warp
