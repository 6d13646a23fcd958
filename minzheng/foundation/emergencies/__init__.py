"""应急期间不退出、不停办 (S-244): a switch by place and dates; what it held back is listed and looked at again afterwards."""
