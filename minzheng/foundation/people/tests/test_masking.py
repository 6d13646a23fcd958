"""What is shown of a person by default: enough to recognize, too little to misuse."""

import pytest

from minzheng.foundation.people.masking import (
    mask_account,
    mask_birth_date,
    mask_id_no,
    mask_name,
    mask_phone,
)


def test_it_masks_what_identifies_a_person():
    assert mask_id_no("431227194903120028") == "431227********0028"
    assert mask_phone("13807451234") == "138****1234"
    assert mask_account("6217000010001234567") == "***************4567"
    assert mask_name("杨秀英") == "杨秀*"
    assert mask_name("吴明") == "吴*"


def test_it_shows_no_birth_date_that_would_complete_a_masked_number():
    assert mask_birth_date("1949-03-12") == "1949年"


@pytest.mark.parametrize("mask", [mask_id_no, mask_phone, mask_account])
def test_it_hides_a_number_too_short_to_mask(mask):
    assert mask("1234") == "****"
    assert mask(None) == mask("") == ""
