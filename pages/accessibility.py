"""The accessibility statement, in the order of the UK public sector's model statement."""

from __future__ import annotations

import streamlit as st

from geo import accessibility as words
from pages import frame

st.title("Accessibility statement", anchor=False)
st.write(words.WHOSE)
frame.paragraphs([words.AIM])
st.markdown("\n".join(f"- {line}" for line in words.YOU_CAN))

st.header("How accessible it is", anchor="how-accessible")
frame.paragraphs([words.STATUS])

st.header("What is not accessible, and the way round", anchor="not-accessible")
for problem in words.PROBLEMS:
    st.subheader(problem.title, anchor=False)
    frame.paragraphs([f"{problem.what} {problem.criteria}", f"Instead: {problem.instead}"])

st.header("If something is in your way", anchor="contact")
frame.paragraphs(words.CONTACT)

st.header("How it was tested", anchor="tested")
frame.paragraphs(words.TESTED)
frame.note(words.PREPARED)
