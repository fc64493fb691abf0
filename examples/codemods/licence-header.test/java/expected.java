// Copyright The Shop
// SPDX-License-Identifier: Apache-2.0

package shop;

final class Cart {}
