#include "launcher/settings/aliases.hpp"

#include <gmock/gmock.h>

#include <set>

namespace warp {
namespace {

TEST(AliasTable, NamesAVariableOnceForAnOption) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const Alias& alias : alias_table())
    EXPECT_TRUE(seen.insert({alias.variable, alias.option}).second) << alias.variable;
}

TEST(AliasTable, SaysWhoseVariableItIs) {
  for (const Alias& alias : alias_table()) {
    EXPECT_FALSE(alias.whose.empty()) << alias.variable;
    EXPECT_NE(alias.read, nullptr) << alias.variable;
  }
}

TEST(AliasTable, GivesNoReasonAgainstAnOptionThatThereIs) {
  for (const Alias& alias : alias_table()) {
    if (find_option(alias.option) != nullptr) {
      EXPECT_EQ(alias.instead, "") << alias.variable;
    }
    EXPECT_NE(why_unused(alias), "") << alias.variable;
  }
}

TEST(AliasTable, HoldsAllThatTheOriginalPassedToModWsgi) {
  for (const char* const name : {"PROCESSES",         "THREADS",           "MAX_CLIENTS",
                                 "INITIAL_WORKERS",   "MAXIMUM_REQUESTS",  "MINIMUM_SPARE_WORKERS",
                                 "HEADER_TIMEOUT",    "HEADER_MIN_RATE",   "MAXIMUM_SPARE_WORKERS",
                                 "CONNECT_TIMEOUT",   "BODY_TIMEOUT",      "LIMIT_REQUEST_BODY",
                                 "BODY_MIN_RATE",     "SOCKET_TIMEOUT",    "INACTIVITY_TIMEOUT",
                                 "SERVER_BACKLOG",    "DAEMON_BACKLOG",    "REQUEST_TIMEOUT",
                                 "LOG_LEVEL",         "SERVER_MPM",        "HEADER_MAX_TIMEOUT",
                                 "ENABLE_DEBUGGER",   "QUEUE_TIMEOUT",     "BODY_MAX_TIMEOUT",
                                 "RELOAD_ON_CHANGES", "WORKING_DIRECTORY", "APPLICATION_TYPE",
                                 "ENTRY_POINT",       "ACCESS_LOG",        "DEBUG_MODE"})
    EXPECT_TRUE(is_alias(std::string("MOD_WSGI_") + name)) << name;
  EXPECT_FALSE(is_alias("MOD_WSGI_PROCESS"));
}

}  // namespace
}  // namespace warp
