"""What is left of a number on screen."""

from minzheng.foundation.people.masking import mask_account, mask_id_no, mask_name, mask_phone


def test_it_keeps_the_first_six_and_last_four_of_an_identity_number():
    assert mask_id_no("11010519491231002X") == "110105********002X"


def test_it_keeps_three_and_four_of_a_phone_and_four_of_an_account():
    assert mask_phone("13912341234") == "139****1234"
    assert mask_account("6217001234567890") == "************7890"


def test_it_masks_the_last_character_of_a_name_in_public():
    assert (mask_name("杨秀英"), mask_name("杨"), mask_name("")) == ("杨秀*", "*", "")


def test_it_hides_all_of_what_is_too_short():
    assert (mask_id_no("1234567890"), mask_phone("12345"), mask_account("")) == ("**********", "*****", "")
