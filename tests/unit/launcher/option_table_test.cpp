#include <gtest/gtest.h>

#include <set>

#include "launcher/settings/option.hpp"

namespace warp {
namespace {

TEST(OptionTable, NamesEachOptionOnce) {
  std::set<std::string_view> names;
  for (const Option& option : option_table()) EXPECT_TRUE(names.insert(option.name).second);
}

TEST(OptionTable, SaysForEachOptionWhatItDoesAndWhereItGoes) {
  for (const Option& option : option_table()) {
    EXPECT_FALSE(option.help.empty()) << option.name;
    EXPECT_FALSE(option.group.empty()) << option.name;
    EXPECT_NE(option.store, nullptr) << option.name;
    EXPECT_EQ(option.value_name.empty(), option.shape == Shape::kFlag) << option.name;
  }
}

TEST(OptionTable, HasDefaultsThatItAccepts) {
  Settings settings;
  for (const Option& option : option_table()) {
    if (option.fallback.empty()) continue;
    const Given given{&option, {std::string(option.fallback)}, "default", "/"};
    EXPECT_TRUE(option.store(settings, given)) << option.name;
  }
  EXPECT_EQ(settings.port, 8000);
  EXPECT_EQ(settings.threads, 5U);
  EXPECT_EQ(settings.request_timeout, std::chrono::seconds(60));
}

TEST(OptionTable, HoldsEveryOptionThatWasPromised) {
  for (const char* const name : {"host",
                                 "port",
                                 "processes",
                                 "threads",
                                 "server-root",
                                 "log-level",
                                 "log-to-terminal",
                                 "url-alias",
                                 "application-type",
                                 "entry-point",
                                 "callable-object",
                                 "working-directory",
                                 "python-home",
                                 "python-path",
                                 "user",
                                 "group",
                                 "setenv",
                                 "request-timeout",
                                 "max-clients",
                                 "server-mpm",
                                 "include-file"})
    EXPECT_NE(find_option(name), nullptr) << name;
}

TEST(Option, HasAVariableNamedAfterIt) {
  EXPECT_EQ(variable_of(*find_option("url-alias")), "WARPDRIVE_URL_ALIAS");
  EXPECT_EQ(flag_of(*find_option("url-alias")), "--url-alias");
}

}  // namespace
}  // namespace warp
