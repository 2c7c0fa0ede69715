#include "base/internet_address.hpp"

#include <gtest/gtest.h>

namespace warp {
namespace {

TEST(InternetAddress, IsReadAndWritten) {
  EXPECT_EQ(to_string(*parse_internet_address("192.0.2.1")), "192.0.2.1");
  EXPECT_EQ(to_string(*parse_internet_address("2001:DB8:0:0::1")), "2001:db8::1");
}

TEST(InternetAddress, IsTheSameInItsIpv6Writing) {
  EXPECT_EQ(*parse_internet_address("::ffff:192.0.2.1"), *parse_internet_address("192.0.2.1"));
  EXPECT_EQ(to_string(*parse_internet_address("::ffff:c000:0201")), "192.0.2.1");
  EXPECT_FALSE(parse_internet_address("::1")->is_ipv4());
}

TEST(InternetAddress, RefusesEverythingElse) {
  for (const std::string_view text :
       {"", "1", "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4:80", "[::1]",
        "fe80::1%eth0", "localhost", "unknown", "0x7f.0.0.1", ":::", "1::2::3"})
    EXPECT_FALSE(parse_internet_address(text)) << text;
  EXPECT_FALSE(parse_internet_address(std::string_view("1.2.3.4\0", 8)));
  EXPECT_FALSE(parse_internet_address(std::string(1000, '1')));
}

}  // namespace
}  // namespace warp
