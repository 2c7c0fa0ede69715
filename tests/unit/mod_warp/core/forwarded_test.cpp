#include "mod_warp/core/forwarded.hpp"

#include <gmock/gmock.h>

namespace warp::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::size_t kMany = 100;

// "node host scheme" of each element.
std::vector<std::string> elements(std::string_view text, std::size_t most = kMany) {
  const auto parsed = parse_forwarded(text, most);
  if (!parsed) return {"malformed"};
  std::vector<std::string> shown;
  for (const ForwardedElement& each : *parsed)
    shown.push_back(std::string(each.node) + "|" + std::string(each.host) + "|" +
                    std::string(each.scheme));
  return shown;
}

TEST(Forwarded, HasElementsOfPairs) {
  EXPECT_THAT(elements("for=192.0.2.1;host=a.example;proto=https, for=10.0.0.1"),
              ElementsAre("192.0.2.1|a.example|https", "10.0.0.1||"));
}

TEST(Forwarded, TakesNamesInAnyCaseAndOrder) {
  EXPECT_THAT(elements("Proto=http;FOR=192.0.2.1;By=10.0.0.1;secret=x"),
              ElementsAre("192.0.2.1||http"));
}

TEST(Forwarded, TakesQuotes) {
  EXPECT_THAT(elements("for=\"[2001:db8::1]:80\";host=\"a.example:8080\""),
              ElementsAre("[2001:db8::1]:80|a.example:8080|"));
  EXPECT_THAT(elements("by=\"a, b; c=\\\"d\\\"\";for=1.2.3.4"), ElementsAre("1.2.3.4||"));
}

TEST(Forwarded, TakesAddressesThatLackTheirQuotes) {
  EXPECT_THAT(elements("for=1.2.3.4:80, for=[::1]:80, for=::1"),
              ElementsAre("1.2.3.4:80||", "[::1]:80||", "::1||"));
}

TEST(Forwarded, SkipsWhatIsEmpty) {
  EXPECT_THAT(elements(""), IsEmpty());
  EXPECT_THAT(elements(" , ,, for=1.2.3.4 ,, "), ElementsAre("1.2.3.4||"));
  EXPECT_THAT(elements("for=1.2.3.4;;proto=http;"), ElementsAre("1.2.3.4||http"));
}

TEST(Forwarded, IsRefusedAsAWholeWhenItIsMalformed) {
  for (const std::string_view text :
       {"for", "for=", "=1.2.3.4", "for=1.2.3.4 proto=http", "for=\"1.2.3.4", "for=\"1.2.3.4\"x",
        "for=\"x\\", "for=1.2.3.4, for=(x)", "for =1.2.3.4", "for=a;for=b", "1.2.3.4",
        "for=1.2.3.4;host=a/b", "for=\"a\" \"b\""})
    EXPECT_THAT(elements(text), ElementsAre("malformed")) << text;
}

TEST(Forwarded, IsRefusedWhenAClientsQuoteSwallowsWhatAProxyHasAdded) {
  const std::string spoofed = "for=6.6.6.6, for=\"";
  for (const std::string_view added :
       {"for=192.0.2.1", "for=\"[2001:db8::1]\"", "for=\"[2001:db8::1]:80\";proto=http",
        "by=\"10.0.0.1:80\";for=\"192.0.2.1:9\""})
    EXPECT_THAT(elements(spoofed + ", " + std::string(added)), ElementsAre("malformed")) << added;
}

TEST(Forwarded, KeepsTheLastElementsOfALongField) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "for=10.0.0.1,";
  text += "for=192.0.2.1,for=10.0.0.2";
  const auto found = elements(text, 3);
  ASSERT_GE(found.size(), 3U);
  ASSERT_LE(found.size(), 6U);
  EXPECT_EQ(found[found.size() - 2], "192.0.2.1||");
  EXPECT_EQ(found.back(), "10.0.0.2||");
}

TEST(Forwarded, KnowsTheTextFromAnElementOn) {
  const auto parsed = parse_forwarded("for=a , for=b;proto=http, for=c", kMany);
  EXPECT_EQ((*parsed)[1].from_here, "for=b;proto=http, for=c");
}

}  // namespace
}  // namespace warp::core
