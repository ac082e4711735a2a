/** Days and times are Indian ones, wherever the server is. */
export const TIME_ZONE = 'Asia/Kolkata'
