#include "launcher/manifests/object_names.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::HasSubstr;

TEST(ObjectName, IsMadeOfTheProjects) {
  EXPECT_EQ(*object_name("mysite"), "mysite");
  EXPECT_EQ(*object_name("My  Site (2)"), "my-site-2");
  EXPECT_EQ(*object_name("it's \"odd\" $HOME `id` \\\n"), "it-s-odd-home-id");
}

TEST(ObjectName, IsRefusedWhereAClusterWouldRefuseIt) {
  for (const std::string& name :
       {std::string("…"), std::string("2048"), std::string(41, 'a'), std::string()}) {
    const auto made = object_name(name);
    ASSERT_FALSE(made) << name;
    EXPECT_EQ(made.error().code, Errc::kInvalidSetting);
    EXPECT_THAT(made.error().detail, HasSubstr("warpdrive manifests PLATFORM NAME"));
  }
  EXPECT_TRUE(object_name(std::string(40, 'a')));
}

TEST(HostName, HasLabelsOfLettersDigitsAndDashes) {
  for (const char* const name : {"a", "shop.example.org", "*.example.org", "x-1.example"})
    EXPECT_TRUE(is_host_name(name)) << name;
  for (const char* const name :
       {"", ".", "a..b", "-a.b", "a-.b", "a_b", "A.b", "*", "a.*", "a b", "a:80", "\"", "a\n"})
    EXPECT_FALSE(is_host_name(name)) << name;
  EXPECT_FALSE(is_host_name(std::string(64, 'a')));
}

TEST(HostName, HasAWildcardWhereTheClusterTakesOne) {
  EXPECT_TRUE(check_host("--host", "*.example.org", Platform::kKubernetes));
  EXPECT_TRUE(check_host("--host", "shop.example.org", Platform::kOpenShift));
  const auto refused = check_host("--host", "*.example.org", Platform::kOpenShift);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("--host: '*.example.org': a Route has one host"));
  EXPECT_FALSE(check_host("--host", "a b", Platform::kKubernetes));
}

TEST(Source, IsAnAddressOfARepository) {
  EXPECT_TRUE(check_source("https://git.example/team/shop.git#main"));
  EXPECT_TRUE(check_source("git@git.example:team/shop.git"));
  for (const char* const address : {"", "--upload-pack=id", "a b", "a\nb", "ä"})
    EXPECT_FALSE(check_source(address)) << address;
}

}  // namespace
}  // namespace warp
