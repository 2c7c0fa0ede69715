#include "mod_warp/core/documents.hpp"

#include <gtest/gtest.h>

namespace warp::core {
namespace {

TEST(Documents, AreUsualNames) {
  for (const char* const path :
       {"/", "/robots.txt", "/a/b.c/d", "/python", "/x.pyramid", "/.well-known/acme-challenge/x"})
    EXPECT_TRUE(may_be_document(path)) << path;
}

TEST(Documents, AreNeverHidden) {
  for (const char* const path : {"/.htpasswd", "/.git/config", "/a/.b/c", "/a/..", "/.well-knownx"})
    EXPECT_FALSE(may_be_document(path)) << path;
}

TEST(Documents, AreNeverPythons) {
  for (const char* const path : {"/a.py", "/A.PY", "/x/settings.pyc", "/a.pyi", "/a.py/b"})
    EXPECT_FALSE(may_be_document(path)) << path;
}

}  // namespace
}  // namespace warp::core
