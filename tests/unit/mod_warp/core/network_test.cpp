#include "mod_warp/core/network.hpp"

#include <gmock/gmock.h>

namespace warp::core {
namespace {

using testing::HasSubstr;

bool covers(std::string_view network, std::string_view address) {
  return parse_network(network)->contains(*parse_internet_address(address));
}

std::string node(std::string_view text) {
  const auto found = parse_node(text);
  return found ? to_string(found->address) + " " + std::string(found->port) : "none";
}

TEST(Network, CoversItsAddresses) {
  EXPECT_TRUE(covers("10.0.0.0/8", "10.255.0.1"));
  EXPECT_FALSE(covers("10.0.0.0/8", "11.0.0.1"));
  EXPECT_TRUE(covers("192.0.2.128/25", "192.0.2.200"));
  EXPECT_FALSE(covers("192.0.2.128/25", "192.0.2.127"));
  EXPECT_TRUE(covers("2001:db8::/33", "2001:db8:7fff::1"));
  EXPECT_FALSE(covers("2001:db8::/33", "2001:db8:8000::1"));
}

TEST(Network, OfOneAddressCoversOnlyThat) {
  EXPECT_TRUE(covers("192.0.2.1", "192.0.2.1"));
  EXPECT_FALSE(covers("192.0.2.1", "192.0.2.2"));
  EXPECT_TRUE(covers("::1/128", "::1"));
}

TEST(Network, OfIpv4CoversAddressesMappedToIpv6) {
  EXPECT_TRUE(covers("10.0.0.0/8", "::ffff:10.1.2.3"));
  EXPECT_TRUE(covers("::ffff:10.0.0.0/104", "10.1.2.3"));
  EXPECT_FALSE(covers("0.0.0.0/0", "2001:db8::1"));
  EXPECT_TRUE(covers("0.0.0.0/0", "255.1.1.1"));
  EXPECT_TRUE(covers("::/0", "2001:db8::1"));
}

TEST(Network, MayHaveBitsBehindItsPrefix) { EXPECT_TRUE(covers("10.1.2.3/8", "10.9.9.9")); }

TEST(Network, RefusesWhatIsNone) {
  for (const std::string_view text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "::/129",
                                      "10.0.0.0/255.0.0.0", "proxy.example/24"})
    EXPECT_FALSE(parse_network(text)) << text;
  EXPECT_THAT(parse_network("10.0.0.0/33").error().detail, HasSubstr("from 0 to 32"));
}

TEST(Node, IsAnAddressWithOrWithoutPort) {
  EXPECT_EQ(node("192.0.2.1"), "192.0.2.1 ");
  EXPECT_EQ(node("192.0.2.1:4711"), "192.0.2.1 4711");
  EXPECT_EQ(node("2001:db8::1"), "2001:db8::1 ");
  EXPECT_EQ(node("[2001:db8::1]"), "2001:db8::1 ");
  EXPECT_EQ(node("[2001:db8::1]:4711"), "2001:db8::1 4711");
  EXPECT_EQ(node("[::ffff:192.0.2.1]:80"), "192.0.2.1 80");
}

TEST(Node, MayHideItsPort) { EXPECT_EQ(node("192.0.2.1:_web"), "192.0.2.1 "); }

TEST(Node, IsNoNameAndNoHiddenIdentifier) {
  for (const std::string_view text :
       {"", "unknown", "_hidden", "localhost", "host:80", "192.0.2.1:", "192.0.2.1:0",
        "192.0.2.1:65536", "192.0.2.1:80x", "[192.0.2.1]", "[::1", "::1]", "[::1]x", "[::1]:", "[]",
        "[", ":80", "1.2.3.4, 5.6.7.8", "\"192.0.2.1\""})
    EXPECT_EQ(node(text), "none") << text;
}

}  // namespace
}  // namespace warp::core
